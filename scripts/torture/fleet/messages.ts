/** What the fleet and its runners tell each other. */

export interface Job {
  /** `prepare`: an engineer plans and the decision maker says yes; `apply`: what a pipeline does after the merge. */
  readonly kind: "prepare" | "apply";
  readonly tenant: string;
  /** Of the platform, for this job; good for one sign-in. */
  readonly token: string;
}

/** A runner on its own, so that its death takes nothing of the others along. */
export interface RunnerSettings {
  /** Of the server, or of what stands in front of several. */
  readonly url: string;
  /** With keys and tenants, which all share: the decision makers' phones, and Microsoft. */
  readonly folder: string;
  readonly times: { readonly lifetime: number; readonly grace: number };
}

export type Told =
  | { readonly told: "ready" }
  /** Nanoseconds of the clock that all processes of a machine share. */
  | {
      readonly told: "held" | "wrote" | "let go";
      readonly tenant: string;
      readonly epoch: number;
      readonly at: string;
    }
  /** The server said that it keeps this. */
  | { readonly told: "stored"; readonly key: string; readonly hash: string }
  /** `outcome`: `done`, or the code of the refusal, which said that. */
  | {
      readonly told: "over";
      readonly job: Job;
      readonly outcome: string;
      readonly said: string;
    };
