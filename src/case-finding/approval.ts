import type { Problem } from '#access'

const [shortest, longest] = [10, 2000]

/**
 * What is wrong with the reason somebody gives in their own name, and the tick that they answer for it.
 *
 * @param asked what the reason is for, as the sentence says it: "why near ties are drawn". @param act what they approve:
 *   "this draw".
 */
export function problemsWithApproval(
  given: { readonly reason: string; readonly isApproved: boolean },
  { asked, act }: { readonly asked: string; readonly act: string },
): readonly Problem[] {
  const { length } = given.reason.trim()
  return [
    ...(length >= shortest && length <= longest
      ? []
      : [{ field: 'reason', message: `Enter ${asked}, in 10 to 2,000 characters` }]),
    ...(given.isApproved
      ? []
      : [{ field: 'approved', message: `Tick the box to say that you approve ${act} in your name` }]),
  ]
}
