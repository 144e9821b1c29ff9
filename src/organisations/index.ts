export {
  type Agreement,
  addOutOfHoursAgreement,
  endAgreement,
  outOfHoursAgreements,
} from './agreement-store.ts'
export { type Programme, type ProgrammeTemplate, programmeTemplate } from './programme.ts'
export { type ProgrammeVersion, placeCodes, programmeVersions } from './programme-store.ts'
export {
  type Acceptance,
  acceptanceOf,
  acceptPurpose,
  isSwitchedOn,
  type PurposePart,
  withdrawPurpose,
} from './purpose-store.ts'
export { addRoleChange, endRoleChange, type RoleChange, roleChangesInForce } from './role-store.ts'
export { shippedRoles } from './roles.data.ts'
export { endPost, type StaffPost, staffPosts } from './staff-store.ts'
export {
  addOrganisation,
  addPost,
  addProgrammeVersion,
  addStaff,
  correctOrganisation,
  decideKind,
  installation,
  moveDay,
  organisationByCode,
  organisationById,
  organisationsOf,
  programmes,
  staffAt,
  unnamed,
} from './store.ts'
export type { Activity, Installation, Organisation, OrganisationKind, Role, Staff } from './types.ts'
