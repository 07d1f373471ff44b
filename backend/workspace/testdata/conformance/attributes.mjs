// Custom attributes: configured, shown with their defaults, set, asked for.
import assert from "node:assert/strict";
import { one, signIn, taskOf } from "./studio.mjs";

const admin = await signIn("ines");
const session = await signIn("tomas");
const task = await taskOf(session, "sh0130", "comp");
const object = await one(admin, 'select id from ObjectType where name is "Task"');
const configure = async (kind, key, preset, config = {}) => {
  const type = await one(admin, `select id from CustomAttributeType where name is "${kind}"`);
  return (await admin.create("CustomAttributeConfiguration", { entity_type: "task", object_type_id: object.id, key, label: key, default: preset, type_id: type.id, config: JSON.stringify(config) })).data;
};
const configured = {
  fur: await configure("text", "js_fur", "short"),
  takes: await configure("number", "js_takes", 3, { isdecimal: false }),
  rushed: await configure("boolean", "js_rushed", false),
};
const read = async () => {
  const { custom_attributes } = await one(session, `select custom_attributes from Task where id is "${task.id}"`);
  return Object.fromEntries(custom_attributes.filter(({ key }) => key.startsWith("js_")).map(({ key, value }) => [key, value]));
};
assert.deepEqual(await read(), { js_fur: "short", js_takes: 3, js_rushed: false });

await session.update("ContextCustomAttributeValue", [configured.fur.id, task.id], { value: "long" });
await session.create("ContextCustomAttributeValue", { configuration_id: configured.takes.id, entity_id: task.id, value: 7 });
await session.update("ContextCustomAttributeValue", [configured.rushed.id, task.id], { value: true });
assert.deepEqual(await read(), { js_fur: "long", js_takes: 7, js_rushed: true });

const matching = await session.query('select id from Task where custom_attributes any (key is "js_fur" and value is "long")');
assert.deepEqual(matching.data.map((row) => row.id), [task.id]);
const counted = await session.query('select id from Task where custom_attributes any (key is "js_takes" and value > 5)');
assert.deepEqual(counted.data.map((row) => row.id), [task.id]);
const rest = await session.query('select id from Task where not custom_attributes any (key is "js_fur" and value is "short") limit 500');
assert.ok(rest.data.some((row) => row.id === task.id));
await assert.rejects(session.update("ContextCustomAttributeValue", [configured.takes.id, task.id], { value: "many" }), /./);

await admin.delete("CustomAttributeConfiguration", [configured.fur.id]);
assert.deepEqual(await read(), { js_takes: 7, js_rushed: true });
