/** PnPjs lies in the cache of the suite only; its script is checked by running it. */
declare module "@pnp/*";
