import { Fragment } from 'react'
import { timeWords } from '#calendar'
import type { Progress } from '#jobs'
import { Button, Details, HiddenFields, Panel, PostForm } from '#ui'
import { targets } from './targets.data.ts'

/** How far a training is. */
export const Running = ({ job }: { readonly job: Progress }) => (
  <Panel kind="neutral" heading={`Training since ${timeWords(job.startedAt)}`}>
    <p>
      {job.words}. {Math.round(100 * job.shareDone)}% done. What is in use stays in use.{' '}
      <a href="/models">See how far it is now</a>
    </p>
  </Panel>
)

/** The way to ask for one; of admissions first, of anything else folded. */
export const AskForTraining = () => (
  <>
    <TrainOne slug={targets['emergency admission'].slug} words="Train a model on the current records" />
    <p className="kw-second">
      It takes minutes and changes nothing: a model is used only after its report is read and somebody answers
      for it.
    </p>
    <Details summary="A model of something other than emergency admissions">
      <p>
        It is trained, tested, reported and put in use in the same way, and says of what it is wherever it
        shows a number. One model is in use at a time: the list is by one of them.
      </p>
      {Object.values(targets)
        .filter(({ key }) => key !== 'emergency admission')
        .map(({ slug, of, definition }) => (
          <Fragment key={slug}>
            <p>{definition}.</p>
            <TrainOne slug={slug} words={`Train a model of ${of}`} />
          </Fragment>
        ))}
    </Details>
  </>
)

const TrainOne = ({ slug, words }: { readonly slug: string; readonly words: string }) => (
  <PostForm action="/models/train">
    <HiddenFields fields={{ of: slug }} />
    <Button kind="secondary">{words}</Button>
  </PostForm>
)
