// With the official client, as somebody at work: "work.mjs status WHO ARTIST" gives a task of the artist's
// another status, "work.mjs publish WHO ARTIST" publishes a version on it, "work.mjs claim WHO" has WHO
// take a task of a sequence that tomas supervises. It tells the name of the shot.
import { one, signIn, taskOf, userID } from "../../backend/workspace/testdata/conformance/studio.mjs";

const [action, who, artist] = process.argv.slice(2);
const session = await signIn(who);
const task = artist
  ? await one(session, `select id, parent.name from Task where assignments any (resource_id is "${await userID(session, artist)}") order by name, id limit 1`)
  : { ...(await taskOf(session, "sh0120", "anim")), parent: { name: "sh0120" } };
if (action === "status") {
  const { status_id } = await one(session, `select status_id from Task where id is "${task.id}"`);
  const { data } = await session.query("select id from Status where is_active is true");
  await session.update("Task", [task.id], { status_id: data.find((status) => status.id !== status_id).id });
} else if (action === "publish") {
  const { parent_id } = await one(session, `select parent_id from Task where id is "${task.id}"`);
  const kind = await one(session, 'select id from AssetType where name is "Animation"');
  const asset = (await session.create("Asset", { name: `walk-${crypto.randomUUID()}`, context_id: parent_id, type_id: kind.id })).data;
  await session.create("AssetVersion", { asset_id: asset.id, task_id: task.id, is_published: true });
} else {
  await session.create("Appointment", { type: "assignment", context_id: task.id, resource_id: await userID(session, who) });
}
console.log(JSON.stringify({ shot: task.parent.name }));
