// With the official client, as WHO sees them: "person.mjs WHO NAME" tells the profile of somebody, and how many bytes their picture has.
import { one, signIn } from "../../backend/workspace/testdata/conformance/studio.mjs";

const [who, name] = process.argv.slice(2);
const session = await signIn(who);
const person = await one(session, `select first_name, last_name, email, thumbnail_id from User where username is "${name}"`);
const answer = await fetch(session.thumbnailUrl(person.thumbnail_id, { size: 96 }));
console.log(JSON.stringify({
  name: `${person.first_name} ${person.last_name}`, email: person.email, thumbnail: person.thumbnail_id,
  picture: answer.ok ? (await answer.arrayBuffer()).byteLength : 0,
}));
