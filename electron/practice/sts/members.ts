import { matching, optional } from '../protocol/rules';

// The members that several operations share, with the constraints of AWS's API model.

export const serialNumber = optional(matching(9, 256, '[\\w+=/:,.@-]*', /^[\w+=/:,.@-]*$/));
export const tokenCode = optional(matching(6, 6, '[\\d]*', /^\d*$/));
