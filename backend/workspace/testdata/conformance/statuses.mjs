// What a project allows, by the client's own helper: statuses of tasks, of one kind of task, of shots and versions.
import assert from "node:assert/strict";
import { operation, projectSchema } from "@ftrack/api";
import { one, signIn } from "./studio.mjs";

const session = await signIn("ines");
const project = await one(session, 'select project_schema_id from Project where name is "northern_lights"');
const schema = project.project_schema_id;

const forTasks = await projectSchema.getStatuses(session, schema, "Task");
assert.ok(forTasks.length >= 5 && forTasks.every((status) => status.name && status.color && status.sort !== undefined));
assert.ok((await projectSchema.getStatuses(session, schema, "Shot")).length > 0, "shots have statuses");
assert.ok((await projectSchema.getStatuses(session, schema, "AssetVersion")).length > 0, "versions have statuses");

// A kind of task may have a workflow of its own.
const type = await one(session, 'select id from Type where name is "Tracking"');
assert.equal((await projectSchema.getStatuses(session, schema, "Task", type.id)).length, forTasks.length, "without one it follows the project");
const [workflow, override, statuses] = [crypto.randomUUID(), crypto.randomUUID(), forTasks.slice(0, 2)];
await session.call([
  operation.create("WorkflowSchema", { id: workflow, name: "Tracking" }),
  ...statuses.map((status) => operation.create("WorkflowSchemaStatus", { workflow_schema_id: workflow, status_id: status.id })),
  operation.create("ProjectSchemaOverride", { id: override, project_schema_id: schema, type_id: type.id, workflow_schema_id: workflow }),
]);
const own = await projectSchema.getStatuses(session, schema, "Task", type.id);
assert.deepEqual(own.map((status) => status.id).sort(), statuses.map((status) => status.id).sort());
await session.delete("ProjectSchemaOverride", [override]);
