export { type Programme, type ProgrammeTemplate, programmeTemplate } from './programme.ts'
export { shippedRoles } from './roles.data.ts'
export {
  addOrganisation,
  addPost,
  addProgrammeVersion,
  addStaff,
  decideKind,
  installation,
  moveDay,
  organisationByCode,
  organisationById,
  organisationsOf,
  programmes,
  roleChanges,
  staffAt,
} from './store.ts'
export type { Activity, Installation, Organisation, OrganisationKind, Role, Staff } from './types.ts'
