/** Why a person gets another case manager. */
export const reassignReasons = [
  { code: 'leave', words: 'The case manager is away or has left' },
  { code: 'caseload', words: 'To share the work out' },
  { code: 'moved', words: 'The person moved' },
  { code: 'needs', words: 'The person’s needs changed' },
  { code: 'asked', words: 'The person asked' },
  { code: 'other', words: 'Other' },
] as const

/** The roles that may be a person's named case manager. */
export const owningRoles = ['case manager', 'care co-ordinator', 'team lead'] as const
