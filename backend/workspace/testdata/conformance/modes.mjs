// The three ways to be answered: normal, strict, and strict with everything written out.
import assert from "node:assert/strict";
import { error } from "@ftrack/api";
import { signIn } from "./studio.mjs";

const text = 'select name, status.name, parent.name from Task where parent.name is "sh0110" order by name';

// Normal: entities that are the same are one object, with what comes with every entity.
const normal = (await (await signIn("maya")).query(text)).data;
assert.ok(normal[0].project_id && normal[0].context_type === "task");
assert.equal(normal[0].parent, normal[1].parent);

const strict = await signIn("maya", { strictApi: true });
const rows = (await strict.query(text)).data;
assert.deepEqual(Object.keys(rows[0]).sort(), ["__entity_type__", "id", "name", "parent", "status"]);
assert.deepEqual(Object.keys(rows[0].status).sort(), ["__entity_type__", "id", "name"]);
await assert.rejects(strict.query("select horn from Task"), error.ServerValidationError);
await assert.rejects(strict.create("Status", { name: "Mine" }), error.ServerPermissionDeniedError);

// Written out: plain data that can be stored and sent on, each parent in full.
const plain = await signIn("tomas", { ensureSerializableResponse: true, decodeDatesAsIso: true });
const full = (await plain.query("select name, created_at, parent.name, parent.parent.name, parent.children.name from Task where parent.name is \"sh0110\" order by name")).data;
assert.deepEqual(JSON.parse(JSON.stringify(full)), full);
assert.match(full[0].created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$/);
for (const task of full) {
  assert.equal(task.parent.name, "sh0110");
  assert.equal(task.parent.parent.name, "sq020");
  assert.equal(task.parent.children.length, full.length);
  assert.ok(task.parent.children.every((child) => child.name));
}
const changed = await plain.update("Task", [full[0].id], { description: "2026-05-01T10:00:00" });
assert.equal(changed.data.id, full[0].id);
const [described] = (await plain.query(`select description from Task where id is "${full[0].id}"`)).data;
assert.equal(described.description.slice(0, 19), "2026-05-01T10:00:00", "a text that looks like a date stays text");
await plain.update("Task", [full[0].id], { description: "" });
