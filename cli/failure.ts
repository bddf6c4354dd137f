import type { Command, Option } from 'commander';
import { CalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { ManageError } from '../manage/manage-error.ts';
import { explainDatabaseTrouble } from '../db/database-trouble.ts';
import { OperatorError } from '../runtime/operator-error.ts';

/** What a failed command says. */
export interface Failure {
  /** 1: it could not be done; 2: what was asked for cannot be used. */
  exitCode: 1 | 2;
  name: string;
  message: string;
  /** As the command line spells it: `--business-name`, `<slug>`. */
  field: string | null;
  /** One of the titles of the troubleshooting pages. */
  trouble: CalendarTrouble['title'] | null;
}

/** The words for an error; those of the database say what to do. */
export function toFailure(error: unknown, command: Command): Failure {
  const said = { field: null, trouble: null };
  if (error instanceof ManageError) {
    const field = error.field === null ? null : spell(error.field, command);
    return { ...said, exitCode: 2, name: error.name, message: error.message, field };
  }
  if (error instanceof OperatorError) {
    return { ...said, exitCode: 2, name: error.name, message: error.message };
  }
  if (error instanceof CalendarTrouble) {
    const { name, message, title } = error;
    return { ...said, exitCode: 1, name, message, trouble: title };
  }
  const ofDatabase = explainDatabaseTrouble(error);
  if (ofDatabase) return { ...said, exitCode: 1, name: 'DatabaseError', message: ofDatabase };
  const message = error instanceof Error ? error.message : String(error);
  return { ...said, exitCode: 1, name: error instanceof Error ? error.name : 'Error', message };
}

/** The option or argument of a field; the field itself where the command has neither. */
function spell(field: string, command: Command): string {
  // What is said of a part of a field has an option of its own.
  const names = [field, field.split('.')[1]];
  const option = optionsOf(command).find(
    (each) => names.includes(each.attributeName()) && !each.hidden,
  );
  if (option) return option.long ?? option.flags;
  const argument = command.registeredArguments.find((each) => each.name() === field);
  return argument ? `<${argument.name()}>` : field;
}

/** Its own and those it shares with others. */
function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...(command.parent ? optionsOf(command.parent) : [])];
}
