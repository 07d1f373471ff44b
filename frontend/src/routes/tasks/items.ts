// The groups of tasks as the flat items a virtual list takes: a heading, then its tasks.
import type { Task } from '../../backend/model'
import type { Group, Span } from '../../stores/task-rows'
import { words } from '../../text/words'

export type Item = { heading: string; late: boolean; count: number; key: string } | { task: Task; key: string; position: number }

const names: Record<Span, () => string> = {
  late: words.group_late,
  today: words.today,
  tomorrow: words.tomorrow,
  week: words.group_week,
  later: words.group_later,
  undated: words.group_undated,
  done: words.filter_done,
}

export function itemsOf(groups: Group[]): Item[] {
  let position = 0
  return groups.flatMap<Item>((group) => [
    { heading: group.span ? names[group.span]() : group.name, late: group.span === 'late', count: group.tasks.length, key: `group ${group.key}` },
    ...group.tasks.map((task) => ({ task, key: task.id, position: ++position })),
  ])
}
