/** The engine's side of the analyzer protocol, for tests: a real gRPC client. */
import grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { RuleResource } from "../../../policies/rule.ts";
import { answered, struct } from "../../support/grpc.ts";

export class PolicyClient {
  readonly #client: InstanceType<typeof analyzerGrpc.AnalyzerClient>;

  constructor(port: number) {
    const credentials = grpc.credentials.createInsecure();
    this.#client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, credentials);
  }

  close(): void {
    this.#client.close();
  }

  async info(): Promise<proto.AnalyzerInfo.AsObject> {
    const request = new emptyProto.Empty();
    const info = await answered<proto.AnalyzerInfo>((done) =>
      this.#client.getAnalyzerInfo(request, done),
    );
    return info.toObject();
  }

  /** What the pack says of one resource, and how it would change it. */
  async judge(resource: RuleResource): Promise<{ diagnostics: number; remediations: number }> {
    const request = new proto.AnalyzeRequest()
      .setType(resource.type)
      .setUrn(resource.urn)
      .setProperties(struct(resource.props));
    const judged = await answered<proto.AnalyzeResponse>((done) =>
      this.#client.analyze(request, done),
    );
    const remedied = await answered<proto.RemediateResponse>((done) =>
      this.#client.remediate(request, done),
    );
    return {
      diagnostics: judged.getDiagnosticsList().length,
      remediations: remedied.getRemediationsList().length,
    };
  }

  async judgeStack(
    resources: readonly RuleResource[],
  ): Promise<proto.AnalyzeDiagnostic.AsObject[]> {
    const wire = resources.map(({ type, urn, name, props }) =>
      new proto.AnalyzerResource()
        .setType(type)
        .setUrn(urn)
        .setName(name)
        .setProperties(struct(props)),
    );
    const request = new proto.AnalyzeStackRequest().setResourcesList(wire);
    const response = await answered<proto.AnalyzeResponse>((done) =>
      this.#client.analyzeStack(request, done),
    );
    return response.toObject().diagnosticsList;
  }
}
