// Lists of tasks and of versions.
import assert from "node:assert/strict";
import { one, signIn, taskOf } from "./studio.mjs";

const session = await signIn("tomas");
const project = await one(session, 'select id from Project where name is "northern_lights"');
const category = await one(session, "select id from ListCategory limit 1");
const [first, second] = [await taskOf(session, "sh0110", "anim"), await taskOf(session, "sh0110", "comp")];
const reference = ({ id }) => ({ __entity_type__: "Task", id });

const list = (await session.create("TypedContextList", { name: `dailies-${crypto.randomUUID()}`, project_id: project.id, category_id: category.id, items: [reference(first)] })).data;
const items = async () => (await one(session, `select items.name from TypedContextList where id is "${list.id}"`)).items.map((item) => item.id).sort();
assert.deepEqual(await items(), [first.id]);
await session.update("TypedContextList", [list.id], { items: [reference(first), reference(second)] });
assert.deepEqual(await items(), [first.id, second.id].sort());
await session.update("TypedContextList", [list.id], { items: [reference(second)] });
assert.deepEqual(await items(), [second.id]);

const version = await one(session, "select id from AssetVersion limit 1");
const delivery = (await session.create("AssetVersionList", { name: `delivery-${crypto.randomUUID()}`, project_id: project.id, category_id: category.id })).data;
await session.create("ListObject", { list_id: delivery.id, entity_id: version.id });
const all = await session.query(`select name, is_open, owner.username, system_type from List where id in (${list.id},${delivery.id})`);
assert.deepEqual(all.data.map((row) => row.__entity_type__).sort(), ["AssetVersionList", "TypedContextList"]);
assert.equal((await one(session, `select items.version from AssetVersionList where id is "${delivery.id}"`)).items[0].id, version.id);
await session.delete("TypedContextList", [list.id]);
assert.equal((await session.query(`select id from Task where id is "${second.id}"`)).data.length, 1, "what was listed stays");
