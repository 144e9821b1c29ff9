// Whether somebody has died: said by somebody, confirmed by somebody, and taken back where it is wrong.
import type { Room } from '#access'
import { panelFor } from './panel.tsx'
import { screens } from './screens.ts'

export { recordDeath, takeDeathBack } from './actions.ts'

export const room: Room = { name: 'deaths', screens, panelFor }
