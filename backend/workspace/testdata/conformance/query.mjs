// The query language as tools in the wild use it.
import assert from "node:assert/strict";
import { signIn, taskOf, userID } from "./studio.mjs";

const session = await signIn("maya");

const mine = await session.query(`
  select link, name, status.name, status.state.short, type.name, parent.name, project.full_name, thumbnail_id
  from Task
  where assignments.resource.username is "maya" and status.state.short is_not 'DONE' and project.status is_not 'hidden'
  order by status.sort asc, name asc limit 200`);
assert.ok(mine.data.length > 0, "maya has no open tasks");
for (const task of mine.data) {
  assert.equal(task.__entity_type__, "Task");
  assert.equal(task.link[0].type, "Project");
  assert.equal(task.link.at(-1).id, task.id);
  assert.ok(task.status.name && task.parent.name && task.type.name);
}

const shots = await session.query('select name, parent.name from Shot where parent.name is "sq010" order by name');
assert.deepEqual(
  shots.data.map((shot) => shot.name),
  ["sh0010", "sh0020", "sh0030", "sh0040", "sh0050", "sh0060"],
);

const page = await session.query("select name from Shot order by name limit 5");
assert.equal(page.data.length, 5);
assert.equal(page.metadata.next.offset, 5);
const rest = await session.query("select name from Shot order by name limit 50 offset 5");
assert.equal(rest.data.length, 11);
assert.equal(rest.metadata.next.offset, null);

const busy = await session.query('select id from Shot where children any (name is "roto") and not (name like "sh01%")');
assert.ok(busy.data.length > 0 && busy.data.length < 6);

const task = await taskOf(session, "sh0110", "anim");
const same = await session.query(`select id from TypedContext where id in (${task.id}) and object_type.name = "Task"`);
assert.equal(same.data.length, 1, "an unquoted id, and the parent type of tasks and shots");

const me = await userID(session, "maya");
const toMe = await session.query(`select id, content, author.first_name, recipients.resource_id from Note where recipients any (resource_id is "${me}") order by date desc limit 3`);
assert.equal(toMe.data.length, 3);
for (const note of toMe.data) assert.ok(note.recipients.some((recipient) => recipient.resource_id === me));

const versions = await session.query("select version, asset.name, asset.parent.name, user.username, date from AssetVersion where is_published is true order by date desc limit 4");
assert.equal(versions.data.length, 4);
assert.ok(versions.data[0].date.isValid(), "dates arrive as the client's own");

const inbox = await session.query("select seq, kind, created_at, read_at from Notification order by seq");
assert.ok(inbox.data.length >= 20, `maya's inbox holds ${inbox.data.length}`);
assert.equal(new Set(inbox.data.map((row) => row.seq)).size, inbox.data.length);
const others = await session.query(`select id from Notification where user_id is_not "${me}"`);
assert.equal(others.data.length, 0, "somebody else's inbox shows");

const strict = await signIn("maya", { strictApi: true });
const counted = await strict.call([{ action: "query", expression: "select count(id) from Task group by status_id" }]);
assert.ok(counted[0].data.every((row) => row.count_id > 0 && row.status_id));
