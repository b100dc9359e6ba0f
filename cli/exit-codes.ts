/** 0 done · 1 internal error · 2 refused or invalid input · 3 changes are waiting, where that was asked for. */
export const EXIT = { done: 0, internalError: 1, refused: 2, changesWaiting: 3 } as const;
