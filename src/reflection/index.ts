// What we may learn from our own work: months on control charts, places compared fairly, and what became of our people.
import type { Room } from '#access'
import { lookBack } from './actions.ts'
import { panelFor } from './goals-page.tsx'
import { screens } from './screens.ts'

/** This room's pages and promised work: 'look back' belongs in the timetable and after each load. */
export const room: Room = { name: 'reflection', screens, panelFor, tasks: { 'look back': lookBack } }
