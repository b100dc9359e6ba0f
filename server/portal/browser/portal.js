/**
 * What the portal's pages need a script for: the passkey. Served as it stands, to any browser that has passkeys. Every
 * request is a POST that follows a button; nothing happens by itself.
 */
const main = document.querySelector("[data-portal]");
const { relyingPartyId, csrf = "" } = main?.dataset ?? {};

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toBase64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const toBase64Url = (buffer) =>
  toBase64(buffer).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** A sentence of the server, in both languages; the style sheet shows one. */
class Refused extends Error {
  constructor(sentences) {
    super("refused");
    this.sentences = sentences;
  }
}

async function post(path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": csrf },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused([said("unanswered")]);
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw new Refused(told.error === undefined ? [said("unanswered")] : told.error);
}

/** The page holds every sentence that this script may say. */
function said(name) {
  const found = document.querySelector(`[data-text="${name}"]`);
  const [nl, en] = [...found.querySelectorAll("bdi")].map((one) => one.textContent);
  return { nl, en };
}

function tell(sentences) {
  const alert = document.querySelector("[data-alert]");
  alert.replaceChildren(
    ...sentences.map(({ nl, en }) => {
      const line = document.createElement("p");
      for (const [language, text] of [
        ["nl", nl],
        ["en", en],
      ]) {
        const part = document.createElement("bdi");
        part.lang = language;
        part.textContent = text;
        line.append(part);
      }
      return line;
    }),
  );
  alert.hidden = false;
  alert.scrollIntoView({ block: "center" });
}

const offerBrowser = () => {
  document.querySelector("[data-open-in-browser]").hidden = false;
};

const PASSING_MS = 500;

/** The sheet of the device; where it fails at once there is none, as in the browser of a mail app. */
async function asked(sheet) {
  const started = performance.now();
  try {
    return await sheet();
  } catch (error) {
    if (error.name === "InvalidStateError") throw new Refused([said("hasOne")]);
    if (performance.now() - started < PASSING_MS || error.name !== "NotAllowedError")
      offerBrowser();
    throw new Refused([said("notConfirmed")]);
  }
}

async function assertion(challenge, credentialIds) {
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge,
        rpId: relyingPartyId,
        userVerification: "required",
        allowCredentials: credentialIds.map((id) => ({ type: "public-key", id: toBytes(id) })),
        timeout: 300_000,
      },
    }),
  );
  const { signature, authenticatorData, clientDataJSON } = credential.response;
  return {
    credentialId: credential.id,
    signature: {
      sig: toBase64(signature),
      webauthn: {
        authenticatorData: toBase64(authenticatorData),
        clientDataJSON: toBase64(clientDataJSON),
      },
    },
  };
}

async function create({ user, exclude, company }) {
  const credential = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        // That the key is there is proved by what it signs next.
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rp: { id: relyingPartyId, name: company },
        user: { ...user, id: toBytes(user.id) },
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: exclude.map((id) => ({ type: "public-key", id: toBytes(id) })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
        timeout: 300_000,
      },
    }),
  );
  return { credentialId: credential.id, publicKey: toBase64(credential.response.getPublicKey()) };
}

const TYPE = "application/vnd.in-toto+json";

/** The challenge for a statement, made here: what is signed is what was sent to be read. */
async function challengeOf(payload) {
  const bytes = toBytes(payload);
  const head = new TextEncoder().encode(`DSSEv1 ${TYPE.length} ${TYPE} ${bytes.length} `);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array([...head, ...bytes])));
}

const show = (name) => {
  for (const step of document.querySelectorAll("[data-step]"))
    step.hidden = step.dataset.step !== name;
  document.querySelector(`[data-step="${name}"] h2`)?.focus();
};

let enrolling;

const actions = {
  async enrol(form) {
    const code = form.elements.code.value;
    const offered = await post(`${location.pathname}/begin`, { code });
    const made = await create(offered);
    const isManaged = form.elements.managed.checked;
    const asking = await post(`${location.pathname}/request`, { code, isManaged, ...made });
    enrolling = { code, credentialId: made.credentialId, ...asking };
    show("try");
  },
  async try() {
    const { code, credentialId, enrolment, challenge } = enrolling;
    const { signature } = await assertion(toBytes(challenge), [credentialId]);
    const { fingerprint } = await post(`${location.pathname}/proof`, {
      code,
      enrolment,
      signature,
    });
    document.querySelector("[data-fingerprint]").textContent = fingerprint;
    show("done");
  },
  async signIn() {
    const { challenge } = await post(`${main.dataset.base}/sign-in/begin`, {});
    const asserted = await assertion(toBytes(challenge), []);
    await post(`${main.dataset.base}/sign-in/finish`, asserted);
    location.assign(main.dataset.next);
  },
  async signOut() {
    await post(`${main.dataset.base}/sign-out`, {});
    location.assign(`${main.dataset.base}/sign-in`);
  },
  async decide(form, { value: decision }) {
    const { digest, credential } = main.dataset;
    const remark = form.elements.remark.value.trim().replaceAll("\r\n", "\n");
    const { payload } = await post(`${location.pathname}/statement`, { decision, remark });
    const { subject, predicate } = JSON.parse(new TextDecoder().decode(toBytes(payload)));
    const isChosen =
      `sha256:${subject[0].digest.sha256}` === digest &&
      predicate.decision === decision &&
      predicate.remark === remark;
    if (!isChosen) throw new Refused([said("differs")]);
    const { signature } = await assertion(await challengeOf(payload), [credential]);
    const { sequence } = await post(`${location.pathname}/decision`, { payload, signature });
    location.assign(`${main.dataset.base}/receipts/${sequence}`);
  },
  async signRegistration() {
    const { credential, payload } = main.dataset;
    const { signature } = await assertion(await challengeOf(payload), [credential]);
    const { isRegistered } = await post(`${location.pathname}/signature`, { signature });
    if (isRegistered) location.assign(main.dataset.base);
    else location.reload();
  },
  async object() {
    const { base, credential } = main.dataset;
    const { payload } = await post(`${base}/objection/statement`, {});
    const { predicateType } = JSON.parse(new TextDecoder().decode(toBytes(payload)));
    if (!predicateType.includes("/objection/")) throw new Refused([said("differs")]);
    const { signature } = await assertion(await challengeOf(payload), [credential]);
    await post(`${base}/objection`, { payload, signature });
    location.reload();
  },
  async offerDevice() {
    const { link, code } = await post(`${location.pathname}/offer`, {});
    document.querySelector("[data-link]").textContent = link;
    document.querySelector("[data-code]").textContent = code;
    show("offered");
  },
  async changeDevices(form) {
    const change = JSON.parse(form.dataset.change);
    const { id } = await post(`${location.pathname}/registration`, change);
    location.assign(`${main.dataset.base}/registrations/${id}`);
  },
  async withdraw() {
    const { credential, withdraws } = main.dataset;
    const { payload } = await post(`${location.pathname}/withdrawal/statement`, {});
    const { predicate } = JSON.parse(new TextDecoder().decode(toBytes(payload)));
    if (predicate.withdraws !== withdraws) throw new Refused([said("differs")]);
    const { signature } = await assertion(await challengeOf(payload), [credential]);
    await post(`${location.pathname}/withdrawal`, { payload, signature });
    location.reload();
  },
};

async function run(form, submitter) {
  const buttons = [...form.querySelectorAll("button")];
  document.querySelector("[data-alert]").hidden = true;
  for (const button of buttons) button.disabled = true;
  try {
    await actions[form.dataset.action](form, submitter);
  } catch (error) {
    tell(error instanceof Refused ? error.sentences : [said("again")]);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-action]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form, event.submitter);
  });
}
document.querySelector("[data-copy]")?.addEventListener("click", async ({ currentTarget }) => {
  await navigator.clipboard?.writeText(location.href);
  currentTarget.nextElementSibling.hidden = false;
});
if (main?.dataset.needsPasskey !== undefined && window.PublicKeyCredential === undefined)
  offerBrowser();
