import type { Room } from '#access'
import { askTasks } from './ask-actions.ts'
import { followTasks } from './follow.ts'
import { panelFor } from './panel.tsx'
import { screens } from './screens.tsx'

export { addTask, recordContact, strike, turnTask } from './actions.ts'
export type { Cover } from './cover-rules.ts'
export { coverFor } from './cover-store.ts'
export { exportEnrolment } from './enrolment.ts'
export { tasksFollow } from './follow.ts'
export { readTime } from './rules.ts'
export { saidOf } from './said.ts'
export { contactsOf, openTasks } from './store.ts'
export type { Contact, ContactKind, Holder, NewContact, NewTask, Task, TaskState } from './types.ts'

export const room: Room = { name: 'co-ordination', screens, panelFor, tasks: { ...followTasks, ...askTasks } }
