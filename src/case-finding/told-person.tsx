import { type Answer, type Asked, permit, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { aboutPerson } from '#people'
import { DocumentPage, DocumentPart, PrintButton, renderPage } from '#ui'
import { inUseFor, programmeFor } from './candidates.ts'
import { sourceWords } from './sources.data.ts'
import { currentRun, suggestionOf } from './store.ts'
import { capital, conditionWords, counted, inSentence } from './words.ts'

/**
 * One side of paper for the person: why their record was looked at, what was counted, who decides, how to put a fact
 * right and how to object. In plain words, for reading together.
 */
export async function showToldPerson(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'add candidates',
    part: 'whole',
    purpose: 'the person’s own request',
    verb: 'tell the person why they were looked at',
  })
  const { banner, called } = await aboutPerson(visit, leave)
  const programme = await programmeFor(visit, asked.query.text('programme'))
  const run = programme && (await currentRun(visit.db, programme.id))
  const found = run && (await suggestionOf(visit.db, leave, run.id))
  const inUse = await inUseFor(visit, run)
  const { emergencyAdmissions = 0, aeVisits = 0, conditions = [] } = found?.suggestion ?? {}
  const told = inUse && found?.evidence?.told
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Why we looked at a record',
    isHeadingHidden: true,
    banner,
    back: { href: `/people/${leave.person}`, words: 'Back to the person' },
    acts: <PrintButton>Print</PrintButton>,
    children: (
      <DocumentPage
        heading={`Why we looked at your record: ${called}`}
        foot={`Printed on ${dateWords(visit.today)} for ${called}. It is about you: keep it where you wish.`}
      >
        <DocumentPart heading="What we did">
          <p>
            {found && run
              ? `On ${dateWords(run.indexOn)} a computer put the records of ${run.considered.toLocaleString('en-GB')} people in order, to find who may want more help at home. Yours was among the first ${run.cut.toLocaleString('en-GB')}.`
              : 'A computer puts records in order, to find who may want more help at home. Yours is not on the list now.'}{' '}
            It decides nothing. A doctor of your practice looks, and asks you first.
          </p>
        </DocumentPart>
        {found && (
          <DocumentPart heading="What it counted">
            <ul>
              {told
                ? told.reasons.map(({ family, words }) => <li key={family}>{words}</li>)
                : [
                    `${counted(emergencyAdmissions, 'emergency stay in hospital', 'emergency stays in hospital')} in 12 months`,
                    `${counted(aeVisits, 'visit to A&E', 'visits to A&E')} in 12 months`,
                    ...conditions.map(conditionWords),
                  ].map((words) => <li key={words}>{words}</li>)}
            </ul>
            {told && (
              <p>
                Of 100 people with a record like yours, about {Math.round(100 * told.risk)} had an emergency
                stay in hospital in the next 12 months here. That is about people like you. It is not known
                for you.
              </p>
            )}
          </DocumentPart>
        )}
        <DocumentPart heading="Where it came from">
          <p>
            {run
              ? capital(
                  sourceWords
                    .filter(({ file }) => run.sources.some(({ source }) => source === file))
                    .map(({ words }) => inSentence(words))
                    .join(', '),
                )
              : 'No records are loaded'}
            . Your name and address are not used to put people in order.
          </p>
        </DocumentPart>
        <DocumentPart heading="If something is wrong">
          <p>
            Tell your practice which line. They put the record right, and the next list counts what is right.
          </p>
        </DocumentPart>
        <DocumentPart heading="If you do not want this">
          <p>
            Tell your practice or anybody who helps you that you object. You are then on no such list from
            that moment, and your care stays the same. You can change your mind. You can also complain, and
            are answered within 30 days.
          </p>
        </DocumentPart>
      </DocumentPage>
    ),
  })
  return { kind: 'page', html }
}
