import type { Room } from '#access'
import { kitTasks } from './giving.ts'
import { screens } from './screens.ts'

export { addKit, lendKit } from './actions.ts'
export { takeInAlerts } from './alert-actions.ts'
export { deliveryOf, lendingPlaces, waitingHere } from './alert-store.ts'
export { askForKitBack } from './asking-back.ts'
export { deliveryWords } from './delivery-said.tsx'
export { giveAlerts } from './giving.ts'
export { alertsWords } from './rules.ts'

export const room: Room = { name: 'monitoring', screens, tasks: kitTasks }
