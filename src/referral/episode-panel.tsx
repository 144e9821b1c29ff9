import type { Permit, PersonPanel, StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { reasonWords } from '#case-finding'
import { episodesOf, type Hand, handsOf, wishesOf } from '#people'
import { Section, SummaryList, Timeline } from '#ui'
import { HowSoonSoFar, howSoonRow } from './how-soon-panel.tsx'
import { triagesOf } from './how-soon-store.ts'
import { reassignReasons } from './reasons.data.ts'
import { referralsOf } from './store.ts'

const answers = { yes: 'Yes', no: 'No', 'not asked': 'Not asked yet' } as const

/** On the page about a person, of each open episode: whether the person agreed, why it began, and who may change hands. */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel | undefined> {
  const episodes = (await episodesOf(visit.db, permit)).filter(({ closedOn }) => !closedOn)
  if (episodes.length === 0) return undefined
  const referrals = await referralsOf(visit.db, permit)
  const wishes = await wishesOf(visit.db, permit)
  const hands = await handsOf(visit.db, permit)
  const triages = await triagesOf(visit.db, permit)
  const mayChange = visit.caller.activities.has('accept referrals')
  const contents = episodes.map((episode) => {
    const referral = referrals.find(({ episodeId }) => episodeId === episode.id)
    const wish = wishes.find(
      ({ kind, purpose }) => kind === 'take part' && (purpose === episode.programmeKey || purpose === ''),
    )
    const saidSoFar = triages.filter(({ episodeId }) => episodeId === episode.id)
    const base = `/people/${episode.personId}`
    const inWords = <span className="nhsuk-u-visually-hidden"> in {episode.programmeName}</span>
    return (
      <Section
        key={episode.id}
        heading={episodes.length > 1 ? `Referral to ${episode.programmeName}` : 'Referral'}
      >
        <SummaryList
          rows={[
            howSoonRow(saidSoFar[0], visit.today),
            { label: 'Takes part', value: wish ? answers[wish.answer] : 'Not recorded' },
            ...(referral
              ? [
                  {
                    label: 'Why',
                    value: `${reasonWords('accepted', referral.reason)} (${referral.referredByName})`,
                  },
                ]
              : []),
          ]}
        />
        <HowSoonSoFar said={saidSoFar} />
        <Hands hands={hands.filter(({ episodeId }) => episodeId === episode.id)} />
        {mayChange && (
          <p>
            {episode.stage === 'offered' && (
              <>
                <a href={`${base}/agreement?episode=${episode.id}`}>Record what they said{inWords}</a>{' '}
              </>
            )}
            <a href={`${base}/case-manager?episode=${episode.id}`}>Change the case manager{inWords}</a>
          </p>
        )}
      </Section>
    )
  })
  return { place: 'side', contents }
}

/** Through whose hands an episode went; nothing while it is with its first case manager. */
function Hands({ hands }: { readonly hands: readonly Hand[] }) {
  if (hands.length < 2) return null
  return (
    <>
      <h3>Case managers so far</h3>
      <Timeline
        items={hands.map(({ ownerName, since, reason, byName }) => {
          const why = reassignReasons.find(({ code }) => code === reason)?.words
          return {
            when: dateWords(londonDate(since)),
            what: why ? `${ownerName}. ${why}` : ownerName,
            ...(why && { by: `Changed by ${byName}` }),
          }
        })}
      />
    </>
  )
}
