using System.Collections.Immutable;
using Conway.Decomposition.Measures;
using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Proposals;

/// <summary>The sheet on which all alternatives are measured alike. No measure of it is aimed at.</summary>
internal static class Sheet
{
    public static ImmutableArray<SheetLine> Of(Partition cut, CutSubject subject) =>
    [
        new("services", "Services", cut.Count, null),
        new("largest", "Share of the largest service", Evenness.LargestShare(cut), true),
        new("gini", "Unevenness of sizes (Gini)", Evenness.Gini(cut), true),
        new("dtx", "Use cases that write in several services, as a share of those that write", CutMeasures.DistributedTransactions(cut, subject.UseCases), true),
        new("shared-tables", "Tables that several services write", CutMeasures.SharedTables(cut, subject.Writers.Select(w => (IReadOnlyCollection<int>)w).ToArray()), true),
        new("sync-p95", "Synchronous calls between services in a use case, 95th percentile", CutMeasures.SynchronousCallsP95(cut, subject.UseCases), true),
        new("sync-total", "Synchronous calls between services, all use cases", CutMeasures.SynchronousCallsTotal(cut, subject.UseCases), true),
        new("depth", "Longest chain of services that wait for each other", CutMeasures.Depth(cut, subject.UseCases), true),
        new("keys", "Foreign keys and navigations parted", CutMeasures.Parted(cut, subject.Keys), true),
        new("joins", "Joins parted", CutMeasures.Parted(cut, subject.Joins), true),
        new("sm-clean", "Structural modularity (SM, FSE'21, clean)", StructuralModularity.Clean(cut, subject.Calls), false),
        new("icp-fse21", "Inter-partition calls (ICP, FSE'21: 1 + ln v)", InterPartitionCalls.OnePlusLog(cut, subject.Calls), true),
        new("ifn-fse21", "Interface number (IFN, FSE'21: crossing pairs)", InterfaceNumber.CrossPairs(cut, subject.Calls), true),
        new("ned-half-mean", "Non-extreme distribution (NED: units within half of the mean size)", Evenness.WithinHalfOfMean(cut), false),
        new("bcp-uniform", "Business context purity (BCP, FSE'21: uniform)", UseCasePurity.Uniform(cut, subject.UseCases), true),
        new("turbo-mq", "TurboMQ (edges leaving); grows with the number of services", TurboMq.Leaving(cut, subject.Calls), false),
        new("chm", "Cohesion at message level (CHM)", OperationCohesion.Message(cut, subject.Operations), false),
        new("chd", "Cohesion at domain level (CHD)", OperationCohesion.Domain(cut, subject.Operations), false),
        new("transaction-entropy", "Transaction entropy (CARGO)", TransactionEntropy.Of(cut, subject.Reaches.Select(r => (IReadOnlyCollection<int>)r).ToArray()), true),
        new("complexity", "Complexity of use cases (Santos and Rito Silva), mean", FunctionalityComplexity.Mean(cut, subject.UseCases), true),
    ];
}
