//! Secrets of every kind that people paste, planted in what clients print.
//!
//! Each row of [`KINDS`] is a text in which `<shape>` stands for a secret: [`secret`] makes one of that shape. To add a kind,
//! add a row.

/// Where secrets stand: on command lines, in variables and files, in requests and answers, in prose.
pub(crate) const KINDS: &[&str] = &[
    "$ docker login contoso.azurecr.io -u ci -p <registry-password>",
    "$ docker login contoso.azurecr.io -u ci -p '<typed>'",
    "$ docker login -p<registry-password> -u ci contoso.azurecr.io",
    "docker login -u ci -p \\\n  <registry-password> contoso.azurecr.io",
    "docker login --username ci --password=<typed> us.icr.io",
    "docker login --username ci --password <word> us.icr.io",
    "[\"docker\", \"login\", \"-u\", \"ci\", \"-p\", \"<typed>\"]",
    "[command]/usr/bin/docker login -u ci -p <registry-password> contoso.azurecr.io",
    "echo <registry-password> | docker login -u ci --password-stdin contoso.azurecr.io",
    "echo -n \"<typed>\" | docker login -u ci --password-stdin contoso.azurecr.io",
    "printf '%s' '<word>' | podman login -u ci --password-stdin us.icr.io",
    "docker login -u ci --password-stdin us.icr.io <<< \"<typed>\"",
    "docker login -u ci --password-stdin us.icr.io <<< <word>",
    "podman login --creds ci:<typed> us.icr.io",
    "skopeo copy --src-creds iamapikey:<api-key> docker://us.icr.io/a docker://us.icr.io/b",
    "skopeo copy --dest-creds=ci:<registry-password> docker://us.icr.io/a docker://contoso.azurecr.io/b",
    "helm registry login contoso.azurecr.io --username ci --password <registry-password>",
    "oras login -u ci -p <registry-password> contoso.azurecr.io",
    "crane auth login contoso.azurecr.io -u ci -p <registry-password>",
    "kubectl create secret docker-registry acr-pull --docker-server=contoso.azurecr.io --docker-username=ci --docker-password=<typed>",
    "az login --service-principal -u 11111111-2222-3333-4444-555555555555 -p <client-secret> --tenant fabrikam.example",
    "az acr login --name contoso --username ci --password \"<registry-password>\"",
    "az ad sp credential reset --id x\n{\n  \"appId\": \"11111111-2222-3333-4444-555555555555\",\n  \"password\": \"<client-secret>\",\n  \"tenant\": \"x\"\n}",
    "ibmcloud login --apikey <api-key> -r us-south",
    "ibmcloud login -u iamapikey -p <api-key>",
    "ibmcloud iam api-key-create ci\nAPI Key       <api-key>",
    "curl -u ci:<typed> https://contoso.azurecr.io/v2/",
    "curl -uiamapikey:<api-key> https://us.icr.io/v2/",
    "curl --user 'ci:<typed>' https://us.icr.io/v2/",
    "curl -H 'Authorization: Bearer <jwt>' https://contoso.azurecr.io/v2/",
    "curl -H \"Authorization: Basic <basic>\" https://contoso.azurecr.io/v2/",
    "> Authorization: Bearer <jwt>",
    "Authorization: Basic <basic>",
    "authorization: bearer <opaque>",
    "X-Registry-Auth: <basic>",
    "Set-Cookie: refresh_token=<opaque>; Path=/; HttpOnly",
    "Cookie: session=<opaque>; other=1",
    "https://ci:<typed>@contoso.azurecr.io/v2/",
    "git clone https://ci:<hex>@git.fabrikam.example/web.git",
    "https://ci:<word>@contoso.azurecr.io/v2/",
    "{\"auths\":{\"contoso.azurecr.io\":{\"auth\":\"<basic>\"}}}",
    "{\"auths\":{\"us.icr.io\":{\"username\":\"iamapikey\",\"password\":\"<api-key>\",\"auth\":\"<basic>\"}}}",
    "{\"auths\":{\"contoso.azurecr.io\":{\"auth\":\"<basic>\",\"identitytoken\":\"<jwt>\"}}}",
    "data:\n  .dockerconfigjson: <basic>",
    "data:\n  .dockerconfigjson: >-\n    <basic>",
    "  .dockercfg: \"<basic>\"",
    "POST /oauth2/exchange grant_type=access_token&service=contoso.azurecr.io&access_token=<jwt>",
    "grant_type=refresh_token&refresh_token=<opaque>&service=contoso.azurecr.io",
    "body: grant_type%3Drefresh_token%26refresh_token%3D<jwt>%26service%3Dx",
    "access_token%3D<opaque>",
    "{\"access_token\": \"<jwt>\", \"refresh_token\": \"<opaque>\", \"expires_in\": 3600}",
    "{\"refreshToken\":\"<opaque>\",\"loginServer\":\"contoso.azurecr.io\"}",
    "{\"accessToken\": \"<jwt>\",\n \"loginServer\": \"contoso.azurecr.io\"}",
    "got <jwt> back",
    "AZURE_CLIENT_SECRET=<client-secret>",
    "ARM_CLIENT_SECRET: <client-secret>",
    "export ACR_PASSWORD='<typed>'",
    "$env:ACR_PASSWORD = \"<typed>\"",
    "REGISTRY_PASS=<word>",
    "REGISTRY_PWD: <word>",
    "GITHUB_TOKEN=<github>",
    "GITLAB_TOKEN: <gitlab>",
    "IBM_CLOUD_API_KEY: <api-key>",
    "iam_bearer: Bearer <jwt>",
    "SERVICE_TOKEN=<hex>",
    "client_secret=<client-secret>&scope=https%3A%2F%2Fcontainerregistry.azure.net",
    "client_id=11111111-2222-3333-4444-555555555555&client_secret=<opaque>",
    "the secret <client-secret> is wrong",
    "https://tailspin.blob.core.windows.net/x?se=2026-01-01&sig=<signature>&sp=r",
    "https://tailspin.blob.core.windows.net/x?sv=2024\\u0026sig=<signature>\\u0026sp=r",
    "https%3A%2F%2Ftailspin.blob.core.windows.net%2Fx%3Fse%3D2026%26sig%3D<signature>%26sp%3Dr",
    "DefaultEndpointsProtocol=https;AccountName=tailspin;AccountKey=<account-key>;EndpointSuffix=core.windows.net",
    "Endpoint=sb://tailspin.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=<account-key>",
    "ConnectedRegistryName=plant1;SyncTokenName=sync;SyncTokenPassword=<registry-password>;ParentGatewayEndpoint=x",
    "Server=tcp:db.fabrikam.example;User ID=ci;Password=<typed>;Encrypt=True",
    "\"passwords\": [\n  {\n    \"name\": \"password\",\n    \"value\": \"<registry-password>\"\n  },\n  {\n    \"name\": \"password2\",\n    \"value\": \"<registry-password>\"\n  }\n]",
    "{\"name\":\"DOCKER_REGISTRY_SERVER_PASSWORD\",\"slotSetting\":false,\"value\":\"<typed>\"}",
    "- name: REGISTRY_PASSWORD\n  value: <typed>",
    "<password><typed></password>",
    "{\"username\":\"ci\",\"password\":\"<typed>\"}",
    "{'username': 'ci', 'password': '<word>'}",
    "{\"body\":\"{\\\"password\\\":\\\"<typed>\\\",\\\"user\\\":\\\"ci\\\"}\"}",
    "username: ci\npassword: <word>",
    "user ci, password: <typed>",
    "user ci, pwd: <word>",
    "user ci, pwd: <typed>",
    "I typed it, the password is <typed>.",
    "My password is <word>, is that wrong?",
    "the password is \"<word>\"",
    "password is: <word>",
    "My secret is <hex>",
    "the token is <word>.",
    "My API key is \"<api-key>\"",
    "with user ci and password <typed>",
    "I log in with <api-key> and it fails",
    "admin password <registry-password> copied from the portal",
    "-----BEGIN RSA PRIVATE KEY-----\n<block>\n<block>\n<block>\n-----END RSA PRIVATE KEY-----",
    "\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n<block>\\n<block>\\n-----END PRIVATE KEY-----\\n\"",
    "-----BEGIN OPENSSH PRIVATE KEY-----\n<block>\n<block>",
];

/// What clients print around it: what comes before, and what comes after.
pub(crate) const LOGS: &[(&str, &str)] = &[
    (
        "",
        "Error response from daemon: Get \"https://contoso.azurecr.io/v2/\": unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.\n",
    ),
    (
        "#8 [internal] load metadata for contoso.azurecr.io/web:1\n",
        "failed to solve: contoso.azurecr.io/web:1: failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://contoso.azurecr.io/oauth2/token: 401 Unauthorized\n",
    ),
    (
        "Trying to pull us.icr.io/team/web:1...\n",
        "Error: initializing source docker://us.icr.io/team/web:1: Requesting bearer token: invalid status code from registry 400 (Bad Request)\n",
    ),
    (
        "$ az acr login -n contoso\n",
        "2026-11-02 10:11:12.131415 An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR\nAccess to registry 'contoso.azurecr.io' was denied. Response code: 403. Please try running 'az login' again to refresh permissions.\n",
    ),
    (
        "  Warning  Failed     4s   kubelet  Failed to pull image \"us.icr.io/team/web:1\": rpc error: code = Unknown desc = failed to pull and unpack image \"us.icr.io/team/web:1\": failed to resolve reference \"us.icr.io/team/web:1\": failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized\n",
        "  Warning  Failed     4s   kubelet  Error: ErrImagePull\n",
    ),
    (
        "##[section]Starting: Docker@2\n",
        "##[error]denied: client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.\n",
    ),
    // In the very line that matches, before and behind it.
    (
        "Error response from daemon: Get \"https://contoso.azurecr.io/v2/\": unauthorized: authentication required: ",
        "",
    ),
    (
        "Error: logging in to us.icr.io with ",
        ": unauthorized: Authorization required. See https://cloud.ibm.com/docs/Registry\n",
    ),
];

/// A row of [`KINDS`] within one of [`LOGS`], and the secrets in it.
pub(crate) fn log(
    kind: &str,
    (before, after): (&str, &str),
    random: &mut Random,
) -> (String, Vec<String>) {
    let mut text = before.to_owned();
    let mut secrets = Vec::new();
    let mut rest = kind;
    while let Some((ahead, shape, behind)) = next_shape(rest) {
        let made = secret(shape, random);
        text = text + ahead + &made;
        secrets.push(made);
        rest = behind;
    }
    (text + rest + "\n" + after, secrets)
}

fn next_shape(text: &str) -> Option<(&str, &str, &str)> {
    let is_shape = |(at, _): &(usize, &str)| SHAPES.iter().any(|s| text[at + 1..].starts_with(s));
    let (at, _) = text.match_indices('<').find(is_shape)?;
    let end = at + text[at..].find('>')?;
    Some((&text[..at], &text[at + 1..end], &text[end + 1..]))
}

/// With the bracket, so that `<password>` of an XML file is no shape.
const SHAPES: &[&str] = &[
    "registry-password>",
    "typed>",
    "word>",
    "api-key>",
    "client-secret>",
    "jwt>",
    "basic>",
    "opaque>",
    "hex>",
    "github>",
    "gitlab>",
    "signature>",
    "account-key>",
    "block>",
];

/// Whether a text gives a secret away: all of it, or eleven characters in a row. Line ends are left out: a
/// secret may have been wrapped.
pub(crate) fn shows(text: &str, secret: &str) -> bool {
    let text: String = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    let least = secret.len().min(8);
    (0..=secret.len() - least).step_by(4).any(|at| text.contains(&secret[at..at + least]))
}

/// Numbers that look random, always the same for a seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn text(&mut self, alphabet: &[u8], len: usize) -> String {
        (0..len).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }
}

const SMALL: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const BASE64: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
const URL: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
const WORDS: &[&str] = &[
    "copper", "lantern", "orbit", "walrus", "pepper", "sunny", "quartz", "bamboo", "falcon",
    "sailor",
];

/// A secret of a shape.
pub(crate) fn secret(shape: &str, random: &mut Random) -> String {
    match shape {
        // What Azure makes for admin accounts and tokens.
        "registry-password" => {
            format!("{}Aa1{}", random.text(BASE64, 37), random.text(LETTERS, 12))
        }
        // What a person makes up: words, a number and a mark.
        "typed" => {
            let mark = random.text(b"!_-.+#", 1);
            let number = random.text(b"0123456789", 4);
            format!("{}{mark}{number}{}", capital(word(random)), word(random))
        }
        "word" => format!("{}{}{}", word(random), random.text(SMALL, 3), word(random)),
        "api-key" => format!("a1B{}", random.text(URL, 41)),
        "client-secret" => {
            format!("{}8Q~{}", random.text(LETTERS, 3), random.text(b"abcXYZ019._~-", 34))
        }
        "jwt" => {
            let (payload, signature) = (200 + random.below(500), random.text(URL, 342));
            format!(
                "eyJhbGciOi{}.eyJhdWQiOi{}.{signature}",
                random.text(URL, 40),
                random.text(URL, payload)
            )
        }
        "basic" => format!("Y2k6{}a1Z=", random.text(BASE64, 60)),
        "opaque" => format!("0.AX{}", random.text(URL, 120)),
        "hex" => format!("a1{}", random.text(b"0123456789abcdef", 38)),
        "github" => format!("ghp_{}", random.text(LETTERS, 36)),
        "gitlab" => format!("glpat-{}", random.text(LETTERS, 20)),
        "signature" => format!("aZ1{}%3D", random.text(LETTERS, 40)),
        "account-key" => format!("aZ1{}==", random.text(BASE64, 83)),
        _ => random.text(BASE64, 64),
    }
}

fn word(random: &mut Random) -> &'static str {
    WORDS[random.below(WORDS.len())]
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
