type Bin = {
  readonly risk: number
  readonly observed: number
  readonly people: number
  readonly events: number
}
type Top = {
  readonly people: number
  readonly events: number
  readonly threshold: number
  readonly ppv: { readonly value: number }
}

const fewestEvents = 10
/** How far apart two risks may lie and still be about as much: our choice, 5 in 100. */
const aboutAsMuch = 0.05

const in100 = (share: number) => Math.round(100 * share)

/**
 * What happened to people who were given about as much, in the year a model was tested on. High up, where a twentieth of
 * everybody is no longer alike, to those given as much or more at the top of its list. Nothing where there is nobody like that.
 *
 * @param did what the model is of, as its report says that people did: “were admitted”.
 */
export function checkedWords(
  risk: number,
  figures: { readonly bins: readonly Bin[]; readonly cuts: readonly Top[] },
  did: string,
): string {
  const [bin] = [...figures.bins].sort((a, b) => Math.abs(a.risk - risk) - Math.abs(b.risk - risk))
  if (bin && bin.events >= fewestEvents && Math.abs(bin.risk - risk) <= aboutAsMuch) {
    return `Of ${bin.people.toLocaleString('en-GB')} people given about ${in100(bin.risk)} a year before, ${in100(bin.observed)} in 100 ${did}.`
  }
  const [top] = figures.cuts
    .filter(({ threshold, events }) => threshold <= risk && events >= fewestEvents)
    .sort((a, b) => b.threshold - a.threshold)
  return top
    ? `Of ${top.people.toLocaleString('en-GB')} people given ${in100(top.threshold)} or more a year before, ${in100(top.ppv.value)} in 100 ${did}.`
    : ''
}
