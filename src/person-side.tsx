import type { StaffVisit } from '#access'
import { dateWords, shortDateWords } from '#calendar'
import { type Sharing, sharingWords } from '#care-plan'
import type { Cover } from '#co-ordination'
import { type AboutPerson, diedWords, type Episode, whomToRing } from '#people'
import { Section, SummaryList, Telephone } from '#ui'

export function Episodes(props: {
  readonly about: AboutPerson
  readonly visit: StaffVisit
  /** Who covers today, by the case manager who is away. */
  readonly covers: ReadonlyMap<string, Cover>
  /** Whether out of hours sees the person, and where not, why. */
  readonly sharing: Sharing
}) {
  const { about, visit, covers, sharing } = props
  const open = about.episodes.filter((episode) => !episode.closedOn)
  const closed = about.episodes.filter((episode) => episode.closedOn)
  return (
    <Section heading="Episode" isRuled={false}>
      {open.length === 0 && <p>No episode is open. Nobody is {about.called}’s case manager.</p>}
      {open.map((episode, at) => (
        <OneEpisode
          key={episode.id}
          episode={episode}
          visit={visit}
          isLead={at === 0}
          isAlone={open.length === 1}
          cover={covers.get(episode.ownerId)}
        />
      ))}
      {open.length > 0 && (
        <p>
          {sharingWords(sharing, about.called)}{' '}
          {visit.caller.activities.has('write plans') && !about.person.diedOn && (
            <a href={`/people/${about.person.id}/sharing`}>
              {!sharing.isShared && sharing.because === 'not asked'
                ? 'Write the answer down'
                : 'Change who sees'}
            </a>
          )}
        </p>
      )}
      {closed.length > 0 && (
        <p className="kw-second">
          Before:{' '}
          {closed
            .map(
              (episode) =>
                `${episode.programmeName}, ${dateWords(episode.openedOn)} to ${episode.closedOn ? dateWords(episode.closedOn) : ''}`,
            )
            .join('; ')}
        </p>
      )}
    </Section>
  )
}

type EpisodeProps = {
  readonly episode: Episode
  readonly visit: StaffVisit
  readonly isLead: boolean
  readonly isAlone: boolean
  readonly cover: Cover | undefined
}

function OneEpisode({ episode, visit, isLead, isAlone, cover }: EpisodeProps) {
  const ring = whomToRing(episode)
  const close = `/people/${episode.personId}/close?episode=${episode.id}`
  return (
    <>
      {!isAlone && (
        <p>{isLead ? <b>Leads</b> : `Also in ${episode.programmeName}, with ${episode.ownerName}`}</p>
      )}
      <SummaryList
        rows={[
          { label: 'Programme', value: episode.programmeName },
          {
            label: 'Stage',
            value: `${episode.stage.charAt(0).toUpperCase()}${episode.stage.slice(1)}, opened ${shortDateWords(episode.openedOn, visit.today)}`,
          },
          {
            label: 'Case manager',
            value: (
              <>
                {ring.name}
                {ring.telephone && (
                  <>
                    <br />
                    <Telephone number={ring.telephone} />
                  </>
                )}
              </>
            ),
          },
          ...(cover ? [{ label: 'Away', value: <Away cover={cover} visit={visit} /> }] : []),
          { label: 'Team', value: episode.teamName },
        ]}
      />
      {visit.caller.activities.has('close episodes') && (
        <p>
          <a href={close}>
            Close this episode<span className="nhsuk-u-visually-hidden"> in {episode.programmeName}</span>
          </a>
        </p>
      )}
    </>
  )
}

function Away({ cover, visit }: { readonly cover: Cover; readonly visit: StaffVisit }) {
  return (
    <>
      To {shortDateWords(cover.lastOn, visit.today)}. <b>{cover.coveredByName} covers</b>
      {cover.coveredByTelephone && (
        <>
          <br />
          <Telephone number={cover.coveredByTelephone} />
        </>
      )}
    </>
  )
}

export function PeopleAround({ about: { person, called } }: { readonly about: AboutPerson }) {
  const { practice, nextOfKin, telephone } = person
  const died = diedWords(person)
  const around = [
    {
      who: called,
      what: 'at home',
      number: died ? undefined : telephone,
      instead: died && `${died}. Do not ring`,
    },
    ...(practice
      ? [{ who: practice.name, what: 'GP practice', number: practice.telephone, instead: undefined }]
      : []),
    ...(nextOfKin
      ? [{ who: nextOfKin.name, what: 'next of kin', number: nextOfKin.telephone, instead: undefined }]
      : []),
  ]
  return (
    <Section heading="People around" isRuled={false}>
      {around.map(({ who, what, number, instead }) => (
        <p key={what}>
          <b>{who}</b>, {what}
          <br />
          {number ? (
            <Telephone number={number} />
          ) : (
            <span className="kw-second">{instead ?? 'No number recorded'}</span>
          )}
        </p>
      ))}
      {!nextOfKin && <p>No next of kin is recorded.</p>}
    </Section>
  )
}
