/** Signs in with a passkey, shows one as second factor, or adds one; the buttons show only where the browser can. */
import { island } from "./islands";

type Options = Record<string, any>;

/** Servers write bytes as base64url, browsers want buffers. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer | null | undefined): string | undefined {
  if (!buffer) return undefined;
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function known(credentials: Options[] = []): PublicKeyCredentialDescriptor[] {
  return credentials.map(({ id, type, transports }) => ({ id: bytes(id), type, transports }));
}

function creation(options: Options, alone: boolean): CredentialCreationOptions {
  const { challenge, user, excludeCredentials, authenticatorSelection, ...rest } = options.publicKey;
  const selection = { ...authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) selection.userVerification = "required";
  const publicKey = {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: known(excludeCredentials),
    authenticatorSelection: selection,
  };
  return { publicKey };
}

function request(options: Options): CredentialRequestOptions {
  const { challenge, allowCredentials, ...rest } = options.publicKey;
  return { publicKey: { ...rest, challenge: bytes(challenge), allowCredentials: known(allowCredentials) } };
}

function written(credential: PublicKeyCredential): string {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  });
}

/** The sign-in page asks for its challenge only when somebody wants to use a passkey. */
async function challengeOf(form: HTMLFormElement): Promise<Options> {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function credentialFor(form: HTMLFormElement): Promise<Credential | null> {
  const options = await challengeOf(form);
  if (form.dataset.passkey !== "add") return navigator.credentials.get(request(options));
  const alone = form.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked ?? false;
  return navigator.credentials.create(creation(options, alone));
}

island("form[data-passkey]", (element) => {
  const form = element as HTMLFormElement;
  const start = form.querySelector<HTMLButtonElement>("[data-passkey-start]");
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  const field = form.querySelector<HTMLInputElement>("[name=credential]");
  if (!start || !failed || !field || !window.PublicKeyCredential) return;
  start.hidden = false;
  start.addEventListener("click", async () => {
    failed.hidden = true;
    try {
      field.value = written((await credentialFor(form)) as PublicKeyCredential);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
});
