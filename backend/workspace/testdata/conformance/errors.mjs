// What is wrong is said in the protocol's own form, and leaves nothing behind.
import assert from "node:assert/strict";
import { error, operation } from "@ftrack/api";
import { signIn, taskOf } from "./studio.mjs";

const session = await signIn("maya");
const task = await taskOf(session, "sh0110", "anim");

const fails = async (promise, kind, words) => {
  await assert.rejects(promise, (reason) => {
    assert.ok(reason instanceof kind, `${reason?.constructor?.name}: ${reason?.message}`);
    assert.match(reason.message, words);
    return true;
  });
};

await fails(session.query("select name from Nonsense"), error.ServerValidationError, /Nonsense/);
await fails(session.query('select name from Task where name is "open'), error.ServerValidationError, /column \d+/i);
await fails(session.query("select nonsense from Task"), error.ServerValidationError, /nonsense/);
await fails(session.call([{ action: "invent" }]), error.ServerValidationError, /Invalid action u'invent'/);
await fails(session.create("Note", { content: "x", nonsense: 1 }), error.ServerValidationError, /nonsense/);
await fails(session.update("Task", ["00000000-0000-4000-8000-000000000000"], { name: "x" }), error.ServerError, /./);
await fails(session.create("Recipient", { note_id: "00000000-0000-4000-8000-000000000000", resource_id: task.id }), error.ServerValidationError, /does not exist/);
await fails(session.update("User", [(await session.getServerInformation()).user_information.id], { username: "queen" }), error.ServerPermissionDeniedError, /./);
await fails(session.create("Status", { name: "Mine" }), error.ServerPermissionDeniedError, /./);

// A request is all or nothing.
const id = crypto.randomUUID();
await assert.rejects(
  session.call([
    operation.create("Note", { id, content: "half", parent_id: task.id, parent_type: "Task" }),
    operation.update("Task", [task.id], { nonsense: true }),
  ]),
);
assert.equal((await session.query(`select id from Note where id is "${id}"`)).data.length, 0);
