import type { Problem } from '#access'

/** What becomes of people who object, before anybody is ranked. Held people are left out until it is decided. */
export type PolicyRule = 'exclude' | 'include' | 'hold'

/** A rule as it was signed. It was in force until `endedAt`, or is. */
export type SignedRule = {
  readonly version: number
  readonly objection: string
  readonly rule: PolicyRule
  readonly decidedBy?: string
  readonly reason?: string
  readonly signedByName: string
  readonly signedAt: Date
  readonly endedAt?: Date
}

/** The objection somebody makes to being looked for. No policy overrules it. */
export const alwaysHeeded = 'case-finding'

export const rules: readonly { readonly value: PolicyRule; readonly words: string; readonly hint: string }[] =
  [
    {
      value: 'exclude',
      words: 'Leave them out',
      hint: 'Off every list from the next page, and out of the store with the next load',
    },
    { value: 'hold', words: 'Hold', hint: 'Left out until it is decided' },
    {
      value: 'include',
      words: 'Count them like everybody else',
      hint: 'They object to something else, and the controller has said so',
    },
  ]

/** A kind of objection with the rule that holds for it. */
export type KindLine = {
  readonly objection: string
  readonly people: number
  readonly rule: PolicyRule
  /** The signature it rests on; without one everybody who objects is left out. */
  readonly signed?: SignedRule
}

/**
 * The policy table: every kind of objection that is on record or was ever signed for, and what becomes of it.
 *
 * @source Design safety-security 1.7: the default is to leave out; an objection to something else neither excludes nor
 *   includes by itself, and the controller signs each change.
 */
export function policyTable(
  counts: readonly { readonly objection: string; readonly people: number }[],
  signed: readonly SignedRule[],
): readonly KindLine[] {
  const kinds = new Set([
    alwaysHeeded,
    ...counts.map(({ objection }) => objection),
    ...signed.map(({ objection }) => objection),
  ])
  return [...kinds].sort().map((objection) => {
    const now = signed.find((one) => one.objection === objection && !one.endedAt)
    return {
      objection,
      people: counts.find((one) => one.objection === objection)?.people ?? 0,
      rule: now?.rule ?? 'exclude',
      ...(now && { signed: now }),
    }
  })
}

export type PolicyForm = {
  readonly objection: string
  readonly rule: string
  readonly decidedBy: string
  readonly reason: string
  readonly isSigned: boolean
}

/** What is wrong with a rule somebody would sign, or the rule. */
export function readPolicy(
  form: PolicyForm,
  lines: readonly KindLine[],
):
  | { readonly ok: true; readonly objection: string; readonly rule: PolicyRule }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const line = lines.find(({ objection }) => objection === form.objection)
  const rule = rules.find(({ value }) => value === form.rule)?.value
  const wrong = (isWrong: boolean, field: string, message: string): readonly Problem[] =>
    isWrong ? [{ field, message }] : []
  const [who, why] = [form.decidedBy.trim().length, form.reason.trim().length]
  const isOverruling = line?.objection === alwaysHeeded && rule === 'include'
  const problems = [
    ...wrong(!line, 'objection', 'Select the kind of objection'),
    ...wrong(!rule, 'rule', 'Select what becomes of people who object in this way'),
    ...wrong(
      isOverruling,
      'rule',
      'An objection to case-finding is always heeded. Select “Leave them out” or “Hold”',
    ),
    ...wrong(
      line?.signed !== undefined && line.rule === rule,
      'rule',
      'This rule is in force already. Select another to change it',
    ),
    ...wrong(
      who < 3 || who > 200,
      'decidedBy',
      'Enter who decided for the data controller, in 3 to 200 characters',
    ),
    ...wrong(why < 10 || why > 2000, 'reason', 'Enter why, in 10 to 2,000 characters'),
    ...wrong(!form.isSigned, 'signed', 'Tick the box to say that you sign this in your name'),
  ]
  return line && rule && problems.length === 0
    ? { ok: true, objection: line.objection, rule }
    : { ok: false, problems }
}
