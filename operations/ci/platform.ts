/** Where pull requests are: what a pipeline tells people there. A port; `local/platform.ts` opens it. */
export interface Platform {
  /** Of the pull request that this run is for; undefined: for none. */
  readonly pullRequest: number | undefined;
  /** Keeps one comment of ours up to date. @param body Markdown */
  comment(pullRequest: number, body: string): Promise<void>;
  /** Beside the job itself; does nothing where the platform shows jobs and nothing else. */
  check(check: Check): Promise<void>;
  /** Pull requests that brought a commit. */
  pullRequestsOf(commit: string): Promise<readonly number[]>;
  /** Undefined: the platform has none that a job may write. */
  readonly issues: Issues | undefined;
  close(): Promise<void>;
}

export interface Issues {
  /** Keeps one issue about a tenant open, with this text. */
  open(stack: string, issue: { readonly title: string; readonly body: string }): Promise<void>;
  close(stack: string, why: string): Promise<void>;
}

export interface Check {
  readonly name: string;
  readonly head: string;
  /** Neutral: nothing is wrong, and something waits for a person. */
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly {
    readonly path: string;
    readonly line: number;
    readonly level: "warning" | "failure";
    readonly message: string;
  }[];
}
