export {
  addDays,
  addMonths,
  ageOn,
  dateWords,
  daysBetween,
  dayWords,
  installationNow,
  type LondonDate,
  londonDate,
  londonInstant,
  readDate,
  readDateBoxes,
  shortDateWords,
  timeOfDay,
  timeWords,
} from './dates.ts'
export { addWorkingDays, isOutOfHours, isWorkingDay } from './working-days.ts'
