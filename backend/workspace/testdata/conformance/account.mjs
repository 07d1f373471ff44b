// A hint that an account has changed goes to its own person's connections, and says nothing of how.
import assert from "node:assert/strict";
import { signIn, soon, userID } from "./studio.mjs";

const [maya, other, tomas, ines] = await Promise.all(["maya", "maya", "tomas", "ines"].map((name) => signIn(name, { autoConnectEventHub: true })));
const mayaID = await userID(maya, "maya");
const heard = new Map();
for (const [name, session] of Object.entries({ maya, other, tomas, ines })) {
  heard.set(name, []);
  session.eventHub.subscribe("topic=callboard.account", (event) => heard.get(name).push(event.data));
  session.eventHub.subscribe("topic=ftrack.update", (event) => {
    const own = event.data.entities.filter((entity) => /UserPreference|NotificationPreference|NotificationMute/.test(entity.entity_type));
    assert.deepEqual(own, [], "an update event tells of what is a person's own");
  });
  await soon("the connection", () => session.eventHub.isConnected());
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));
await settled();
const { callboard } = await maya.getServerInformation();

// expect waits until those have heard, and sees that nobody else has.
async function expect(what, names, change) {
  const answer = await change();
  for (const name of names) await soon(`${what}, by ${name}`, () => heard.get(name).length > 0);
  await settled();
  for (const [name, hints] of heard) {
    assert.equal(hints.length > 0, names.includes(name), `${what}: ${name}`);
    for (const data of hints) assert.deepEqual(data, { epoch: callboard.epoch });
    hints.length = 0;
  }
  return answer.data;
}

const [own, everybody] = [["maya", "other"], ["maya", "other", "tomas", "ines"]];
const preference = await expect("a preference", own, () => maya.create("UserPreference", { theme: "light" }));
await expect("another theme", own, () => maya.update("UserPreference", [preference.id], { theme: "dark" }));
await expect("no preference", own, () => maya.delete("UserPreference", [preference.id]));
const channels = await expect("channels", own, () => maya.create("NotificationPreference", { kind: "note", channels: ["internal"] }));
await expect("no channels of one's own", own, () => maya.delete("NotificationPreference", [channels.id]));
const { last_name: name } = (await maya.query(`select last_name from User where id is "${mayaID}"`)).data[0];
await expect("a name", own, () => ines.update("User", [mayaID], { last_name: `${name}s` }));
await expect("the name again", own, () => maya.update("User", [mayaID], { last_name: name }));
const standard = await expect("a default", everybody, () => ines.create("NotificationDefault", { kind: "status", channels: ["internal", "mail"] }));
await expect("no default", everybody, () => ines.delete("NotificationDefault", [standard.id]));
process.exit(0); // the sockets would keep the script alive
