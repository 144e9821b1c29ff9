import type { Room } from '#access'
import { copyRoutes } from './copies.tsx'
import { programmeRoutes } from './programmes.tsx'
import { purposeRoutes } from './purposes.tsx'
import { roleRoutes } from './roles.tsx'
import type { ProgrammeParts } from './rules.ts'
import { staffRoutes } from './staff.tsx'

export { addWorker, changeRole, endWork, publishProgramme } from './actions.ts'
export { copiesAddress, copyWarning } from './copies.tsx'
export type { ProgrammeParts } from './rules.ts'
export type { NewWorker, RoleWish } from './types.ts'

/** @param parts readers of the parts of a programme's template that later rooms own. */
export const administration = (parts: ProgrammeParts): Room => ({
  name: 'administration',
  screens: [...roleRoutes, ...purposeRoutes, ...staffRoutes, ...copyRoutes, ...programmeRoutes(parts)],
})
