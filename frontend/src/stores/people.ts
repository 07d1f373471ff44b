import type { Person } from '../backend/model'

/** seen are rows with the person in one of their fields as they look now. The same rows, where nobody in them is another. */
export function seen<Field extends string, Row extends Record<Field, Person>>(rows: Row[], field: Field, people: Person[]): Row[] {
  const now = new Map(people.map((person) => [person.id, person]))
  if (!rows.some((row) => now.has(row[field].id))) return rows
  return rows.map((row) => ({ ...row, [field]: now.get(row[field].id) ?? row[field] }))
}
