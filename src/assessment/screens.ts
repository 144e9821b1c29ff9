import type { Route } from '#access'
import { sendStrike, showAnswers } from './answers-page.tsx'
import { sendAnswers, showAsk } from './ask-page.tsx'
import { showDue } from './due-list.tsx'
import { showMeasures } from './measures-page.tsx'
import { packScreens } from './packs-page.tsx'
import { showPaper } from './paper-page.tsx'
import { placeScreens } from './places-page.tsx'
import { sendResult, showResultForm } from './result-page.tsx'
import { scheduleScreens } from './schedule-page.tsx'

export const screens: readonly Route[] = [
  { method: 'GET', path: '/measures', may: 'write plans', answer: showDue },
  { method: 'GET', path: '/people/:person/measures', may: 'see people', answer: showMeasures },
  { method: 'GET', path: '/people/:person/measures/elsewhere', may: 'write plans', answer: showResultForm },
  { method: 'POST', path: '/people/:person/measures/elsewhere', may: 'write plans', answer: sendResult },
  { method: 'GET', path: '/people/:person/measures/:instrument', may: 'write plans', answer: showAsk },
  {
    method: 'GET',
    path: '/people/:person/measures/:instrument/paper',
    may: 'write plans',
    answer: showPaper,
  },
  { method: 'POST', path: '/people/:person/measures/:instrument', may: 'write plans', answer: sendAnswers },
  {
    method: 'GET',
    path: '/people/:person/measures/answers/:answers',
    may: 'see people',
    answer: (visit, asked) => showAnswers(visit, asked),
  },
  {
    method: 'POST',
    path: '/people/:person/measures/answers/:answers',
    may: 'write plans',
    answer: sendStrike,
  },
  ...packScreens,
  ...placeScreens,
  ...scheduleScreens,
]
