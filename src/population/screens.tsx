import type { Route } from '#access'
import { maySign } from './actions.ts'
import { changesPage, reviewPost } from './changes.tsx'
import { doubtsPage } from './doubts.tsx'
import { askToLoad, loadsPage, newLoadPage } from './loads.tsx'
import { mappingPage } from './mapping.tsx'
import { againPost, answerPost, doubtPage, joinPost, partPost } from './one-doubt.tsx'
import { policyPage, policyPost } from './policy.tsx'
import { qualityPage } from './quality.tsx'
import { refusedFile, refusedPage } from './refused.tsx'

const settle = 'settle identities'

/** Loads, what they changed, how they were read and what was refused; doubtful identities. */
export const screens: readonly Route[] = [
  { method: 'GET', path: '/population', may: 'see loads', answer: loadsPage },
  { method: 'GET', path: '/population/loads/:load', may: 'see loads', answer: refusedPage },
  { method: 'GET', path: '/population/loads/:load/refused.csv', may: 'see loads', answer: refusedFile },
  { method: 'GET', path: '/population/loads/:load/changes', may: 'see loads', answer: changesPage },
  { method: 'POST', path: '/population/loads/:load/changes', may: settle, answer: changesPage },
  { method: 'POST', path: '/population/loads/:load/review', may: settle, answer: reviewPost },
  { method: 'GET', path: '/population/loads/:load/mapping', may: 'see loads', answer: mappingPage },
  {
    method: 'GET',
    path: '/population/objections',
    may: 'see loads',
    answer: (visit, asked) => policyPage(visit, asked),
  },
  { method: 'POST', path: '/population/objections', may: maySign, answer: policyPost },
  { method: 'GET', path: '/population/quality', may: 'see loads', answer: qualityPage },
  {
    method: 'GET',
    path: '/population/new',
    may: 'load data',
    answer: async (_, asked) => newLoadPage(asked),
  },
  { method: 'POST', path: '/population/new', may: 'load data', answer: askToLoad },
  { method: 'GET', path: '/population/doubts', may: settle, answer: doubtsPage },
  { method: 'POST', path: '/population/doubts', may: settle, answer: doubtsPage },
  {
    method: 'GET',
    path: '/population/doubts/:doubt',
    may: settle,
    answer: (visit, asked) => doubtPage(visit, asked),
  },
  { method: 'POST', path: '/population/doubts/:doubt', may: settle, answer: answerPost },
  { method: 'POST', path: '/population/doubts/:doubt/join', may: settle, answer: joinPost },
  { method: 'POST', path: '/population/doubts/:doubt/part', may: settle, answer: partPost },
  { method: 'POST', path: '/population/doubts/:doubt/again', may: settle, answer: againPost },
]
