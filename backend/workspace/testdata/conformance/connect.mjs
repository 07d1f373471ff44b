// ftrack Connect's sign-in: a program listens on this computer, opens a page in the browser, and gets an
// API key of its own when somebody has signed in there. The steps are those of Connect.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { Session, expression } from "@ftrack/api";
import { address, person, signIn, soon, userID } from "./studio.mjs";

// The server is accepted by the header of its front page, without a redirect.
const front = await fetch(address, { redirect: "error" });
assert.equal(front.status, 200);
assert.match(front.headers.get("FTRACK_VERSION"), /^\d+\.\d+\.\d+/);

const listener = createServer();
listener.listen(0, "localhost");
await once(listener, "listening");
const redirect = `http://localhost:${listener.address().port}`;
const identifier = "ftrack-connect-kenji@tower";
const link = `${address}/user/api_credentials?${new URLSearchParams({ identifier, redirect_url: redirect })}`;

// browse signs in on the page as a browser does and gives what arrives at the listener.
async function browse(username, password) {
  const page = await fetch(link);
  assert.equal(page.status, 200);
  assert.match(await page.text(), new RegExp(identifier));
  const arrival = once(listener, "request");
  const answer = await fetch(link, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: address, "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ username, password }),
  });
  if (answer.status !== 303) return { status: answer.status };
  const [[request]] = await Promise.all([arrival, fetch(answer.headers.get("Location"))]);
  const query = new URL(request.url, redirect).searchParams;
  return { status: 303, user: query.get("api_user"), key: query.get("api_key") };
}
listener.on("request", (_, response) => response.end("You may close this page."));

const { password } = person("kenji");
assert.equal((await browse("kenji", "not the password")).status, 401);
assert.equal((await browse("nobody", password)).status, 401);

const first = await browse("kenji", password);
assert.equal(first.user, "kenji");
const session = new Session(address, first.user, first.key, { autoConnectEventHub: false });
await session.initializing;
const me = await userID(session, "kenji");
const keys = () => session.query(expression`select id, prefix from ApiKey where resource_id is "${me}" and identifier is "${identifier}"`);
assert.equal((await keys()).data.length, 1);
assert.equal((await session.getServerInformation()).user_information.access_key_id, (await keys()).data[0].id);

// The next sign-in gives another key in its place: the first opens nothing more, and its socket ends.
const connected = new Session(address, first.user, first.key, { autoConnectEventHub: true });
await soon("the event hub's connection", () => connected.eventHub.isConnected());
const second = await browse("kenji", password);
assert.notEqual(second.key, first.key);
await assert.rejects(keys(), /./);
await soon("the end of the old key's socket", () => !connected.eventHub.isConnected());
connected.eventHub.disconnect();

const again = await signIn("kenji", {});
assert.equal((await again.query(expression`select id from ApiKey where resource_id is "${me}" and identifier is "${identifier}"`)).data.length, 1);
const renewed = new Session(address, second.user, second.key, { autoConnectEventHub: false });
await renewed.initializing;
listener.close();
listener.closeAllConnections();

// An administrator invites by mail, and gives somebody a new key in place of the old one.
const ines = await signIn("ines");
const [invited] = await ines.call([{ action: "send_user_invite", user_id: me }]);
assert.deepEqual(invited, { sent: true });
await assert.rejects(renewed.call([{ action: "send_user_invite", user_id: me }]), { errorCode: null, message: /administrator/ });
const { id: keyID } = (await ines.query(expression`select id from ApiKey where resource_id is "${me}" and identifier is "${identifier}"`)).data[0] ?? {};
assert.equal(keyID, undefined, "other people's keys are not listed");
const [{ action, data }] = await ines.call([
  { action: "reset_remote", reset_type: "api_key", entity_type: "User", entity_key: me, entity_data: { identifier } },
]);
assert.equal(action, "reset_remote");
await assert.rejects(renewed.query("select id from User limit 1"), /./);
await new Session(address, "kenji", data.api_key, { autoConnectEventHub: false }).initializing;
await assert.rejects(ines.call([{ action: "get_widget_url", name: "tasks" }]), /widgets/);
await assert.rejects(ines.call([{ action: "delayed_job", job_type: "SYNC_USERS_LDAP" }]), /LDAP/);

// The official hub goes on knocking with its dead key, even after disconnect().
process.exit(0);
