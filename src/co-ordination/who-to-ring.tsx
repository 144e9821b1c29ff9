import type { StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { type AboutPerson, whomToRing } from '#people'
import { DocumentPart, Telephone } from '#ui'
import type { Cover } from './cover-rules.ts'

/** The case manager, or their team where they have left; who covers; the practice; the next of kin. */
export function WhoToRing(props: {
  readonly about: AboutPerson
  readonly cover: Cover | undefined
  readonly visit: StaffVisit
}) {
  const { about, cover, visit } = props
  const { person, lead } = about
  const away = cover ? `, away to ${shortDateWords(cover.lastOn, visit.today)}` : ''
  const ring = lead && whomToRing(lead)
  const people = [
    ...(ring
      ? [
          {
            who: lead?.ownerHasLeft ? ring.name : `${ring.name}, case manager${away}`,
            number: ring.telephone,
          },
        ]
      : []),
    ...(cover ? [{ who: `${cover.coveredByName}, covers`, number: cover.coveredByTelephone }] : []),
    ...(person.practice ? [{ who: person.practice.name, number: person.practice.telephone }] : []),
    ...(person.nextOfKin
      ? [{ who: `${person.nextOfKin.name}, next of kin`, number: person.nextOfKin.telephone }]
      : []),
  ]
  return (
    <DocumentPart heading="Who to ring" isHalf>
      {people.length === 0 && <p>Nobody is recorded.</p>}
      {people.map(({ who, number }) => (
        <p key={who}>
          <b>{who}:</b> {number ? <Telephone number={number} /> : 'no number recorded'}
        </p>
      ))}
    </DocumentPart>
  )
}
