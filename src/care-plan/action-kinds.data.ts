/**
 * What kind of help an action of a plan is, for whoever looks at outcomes by it. Optional: an action that is none of these
 * has none.
 *
 * @source requirements S-13, the interventions of the advanced care management programme, in its order and words.
 */
export const actionKinds = [
  'anticipatory assessment',
  'monitoring',
  'self-management coaching',
  'education and counselling',
  'medication management',
  'care transition support',
  'contingency planning',
  'co-ordination of community services',
] as const

export type ActionKind = (typeof actionKinds)[number]

/** A kind as a page says it. */
export const actionKindWords = (kind: ActionKind): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
