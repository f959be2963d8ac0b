using Conway.CodeFacts.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Conway.CodeFacts;

public sealed class PackageStubsTests
{
    [Fact]
    public void Every_stub_compiles()
    {
        var trees = PackageStubs.Names.Select(n => CSharpSyntaxTree.ParseText(PackageStubs.Text(n), path: n, cancellationToken: TestContext.Current.CancellationToken));
        var errors = CSharpCompilation.Create("stubs", trees, Some.Framework, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors);
        Assert.True(PackageStubs.Names.Count > 5);
    }

    [Fact]
    public void Types_flow_through_packages_that_are_absent()
    {
        var code = Some.Code("""
            using System.Linq;
            using System.Threading.Tasks;
            using Microsoft.EntityFrameworkCore;
            public class Order { public bool IsOpen() => true; }
            public class Db : DbContext { public DbSet<Order> Orders => Set<Order>(); }
            public class User
            {
                async Task<bool> Go(Db db)
                {
                    var order = await db.Orders.Where(o => true).FirstOrDefaultAsync();
                    return order.IsOpen();
                }
            }
            """);
        Assert.Contains("User.Go -> Order.IsOpen:11", code.Calls());
        Assert.Equal(["Db", "Order", "User"], code.Types.Select(t => t.Name));
    }

    [Fact]
    public void What_the_codebase_declares_itself_is_not_declared_for_it()
    {
        var code = Some.Code("""
            namespace MediatR { public interface IRequest { } public class Own { } }
            namespace Shop { class Place : MediatR.IRequest { } }
            """);
        Assert.Equal(["Place -> IRequest Base"], code.EdgeKinds());
    }
}
