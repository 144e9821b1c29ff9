import { type Asked, permit, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { type AboutPerson, aboutPerson, personTabs } from '#people'
import { DataTable, Details, EmptyState, renderPage, Section, Tag } from '#ui'
import { changeOf } from './change.ts'
import { importedOnly } from './imported.data.ts'
import { type Library, needsLicence } from './library.ts'
import { libraryIn } from './pack-store.ts'
import { mayStillAsk } from './rules.ts'
import { scoringOf } from './scorings.ts'
import { standingsOf, toAsk } from './standing.ts'
import { measuresOf, schedulesHere } from './store.ts'
import { History, Trend } from './trend.tsx'
import type { Instrument, Measure, Standing } from './types.ts'
import { changeWords, comparable, dueWords, momentWords, regressionWords, sentence } from './words.ts'

type Due = Standing & { readonly episodeId: string; readonly programmeName: string }

/** What is to be asked of the permitted person now and later, over every episode that may still be asked about. */
export async function dueOf(
  visit: Pick<StaffVisit, 'db' | 'today'>,
  about: AboutPerson,
  measures: readonly Measure[],
  library: Library,
): Promise<readonly Due[]> {
  const schedules = await schedulesHere(visit.db, library)
  return about.episodes
    .filter((episode) => mayStillAsk(episode, visit.today))
    .flatMap((episode) =>
      standingsOf(
        schedules.get(episode.programmeId) ?? [],
        episode,
        measures
          .filter((measure) => measure.episodeId === episode.id && !measure.struckReason)
          .map(({ instrument, answeredOn }) => ({ instrument, on: answeredOn })),
        visit.today,
      ).map((standing) => ({
        ...standing,
        episodeId: episode.id,
        programmeName: episode.programmeName,
      })),
    )
}

/** Every measure of a person: what is due, what was answered, how it moved. */
export async function showMeasures(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'see people',
    part: 'whole',
    purpose: 'direct care',
    verb: 'read the measures',
  })
  const about = await aboutPerson(visit, leave)
  const measures = await measuresOf(visit.db, leave)
  const library = await libraryIn(visit.db, visit.today)
  const due = about.person.diedOn ? [] : await dueOf(visit, about, measures, library)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Measures',
    heading: `How ${about.called} says it is going`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    lead: leadOf(due),
    children: <Body about={about} measures={measures} due={due} library={library} visit={visit} />,
  })
  return { kind: 'page' as const, html }
}

function Body(props: {
  readonly about: AboutPerson
  readonly measures: readonly Measure[]
  readonly due: readonly Due[]
  readonly library: Library
  readonly visit: StaffVisit
}) {
  const { about, measures, due, library, visit } = props
  const mayAsk =
    visit.caller.activities.has('write plans') &&
    !about.person.diedOn &&
    about.episodes.some((episode) => mayStillAsk(episode, visit.today))
  const known = library.known.filter(({ key }) => measures.some(({ instrument }) => instrument === key))
  return (
    <>
      <ToAsk due={due} person={about.person.id} visit={visit} mayAsk={mayAsk} />
      {known.length === 0 && <EmptyState says={`${about.called} has not been asked anything yet.`} />}
      {known.map((instrument) => (
        <OneInstrument
          key={instrument.key}
          instrument={instrument}
          measures={measures.filter((measure) => measure.instrument === instrument.key)}
          about={about}
          visit={visit}
        />
      ))}
      {known.some(({ scales }) => scales.length > 0) && <p className="kw-second">{regressionWords}</p>}
      {mayAsk && <Others person={about.person.id} library={library} />}
    </>
  )
}

function leadOf(due: readonly Standing[]): string {
  const late = due.filter(({ state }) => state === 'overdue').length
  const now = due.filter(({ state }) => state === 'due').length
  if (late + now === 0) return 'Nothing is due to be asked now.'
  return [
    ...(late > 0 ? [`${late} overdue to be asked.`] : []),
    ...(now > 0 ? [`${now} due to be asked.`] : []),
  ].join(' ')
}

type Asking = { readonly person: string; readonly visit: StaffVisit; readonly mayAsk: boolean }

function ToAsk({ due, ...asking }: Asking & { readonly due: readonly Due[] }) {
  const now = toAsk(due)
  const other = due.filter(({ state }) => state === 'missed' || state === 'not yet')
  if (now.length + other.length === 0) return null
  return (
    <Section heading="What the programme asks" count={now.length}>
      {now.length > 0 && <DueTable caption="To be asked now" rows={now} {...asking} />}
      {other.length > 0 && (
        <Details summary={`Later, and not asked in time (${other.length})`}>
          <DueTable caption="Later, and not asked in time" rows={other} {...asking} />
        </Details>
      )}
    </Section>
  )
}

function DueTable(props: Asking & { readonly caption: string; readonly rows: readonly Due[] }) {
  const { caption, rows, person, visit, mayAsk } = props
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      columns={[
        { head: 'Measure', cell: (one: Due) => nameOf(one.instrument), width: 'middle' },
        { head: 'When', cell: (one: Due) => sentence(momentWords(one.moment)) },
        { head: 'Due', cell: (one: Due) => <Clock standing={one} visit={visit} /> },
        {
          head: 'Ask',
          isHeadHidden: true,
          cell: (one: Due) =>
            mayAsk && (one.state === 'due' || one.state === 'overdue') ? (
              <a href={askingAddress(person, one.instrument, one.episodeId)}>
                {isImported(one.instrument) ? 'Write down' : 'Ask'} {nameOf(one.instrument)}
                <span className="nhsuk-u-visually-hidden"> {momentWords(one.moment)}</span>
              </a>
            ) : null,
        },
      ]}
      rows={rows}
      keyOf={(one) => `${one.episodeId}-${one.instrument}-${one.moment.replace(' ', '-')}`}
    />
  )
}

const nameOf = (key: string) => scoringOf(key)?.name ?? key

const isImported = (key: string) => importedOnly.some((one) => one.key === key)

/** Where one measure is asked in an episode, or its result written down where it may not be asked. */
export const askingAddress = (person: string, instrument: string, episodeId: string): string =>
  isImported(instrument)
    ? `/people/${person}/measures/elsewhere?instrument=${instrument}&episode=${episodeId}`
    : `/people/${person}/measures/${instrument}?episode=${episodeId}`

function Clock({ standing, visit }: { readonly standing: Due; readonly visit: StaffVisit }) {
  if (standing.state === 'overdue') return <Tag colour="orange">{dueWords(standing, visit.today)}</Tag>
  if (standing.state === 'missed') return <>Not asked in time, was due {dateWords(standing.dueOn)}</>
  return <>{dueWords(standing, visit.today)}</>
}

function OneInstrument(props: {
  readonly instrument: Instrument
  readonly measures: readonly Measure[]
  readonly about: AboutPerson
  readonly visit: StaffVisit
}) {
  const { instrument, measures, about, visit } = props
  const counted = comparable(measures, instrument.key)
  return (
    <Section heading={instrument.name}>
      {instrument.scales.map((scale) => (
        <div key={scale.key}>
          <p>
            <b>{scale.words}:</b> {changeWords(scale, changeOf(scale, counted))}.
          </p>
          <Trend scale={scale} measures={counted} />
        </div>
      ))}
      <History
        person={about.person.id}
        called={about.called}
        instrument={instrument}
        measures={measures}
        today={visit.today}
      />
    </Section>
  )
}

function Others({ person, library }: { readonly person: string; readonly library: Library }) {
  return (
    <Section heading="Ask something now">
      <ul className="nhsuk-list nhsuk-list--bullet">
        {library.asked.map(({ key, name, about }) => (
          <li key={key}>
            <a href={`/people/${person}/measures/${key}`}>{name}</a>, about {about}
          </li>
        ))}
        {library.unlicensed.map(({ key, name }) => (
          <li key={key}>
            {name}, {needsLicence}
          </li>
        ))}
        <li>
          <a href={`/people/${person}/measures/elsewhere`}>Write down a result of a licensed form</a>, such as
          the EQ-5D-5L
        </li>
      </ul>
    </Section>
  )
}
