using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Conway.Console.Api;

/// <summary>The OpenAPI document of the API: one address, and the shapes that only ever travel in streams as well.</summary>
internal static class ApiDocument
{
    private static readonly Type[] Streamed = [typeof(ModelChange), typeof(TrafficState), typeof(DroppedNotice)];

    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(async (document, context, cancel) =>
        {
            document.Info = new OpenApiInfo { Title = "Conway", Version = "v1", Description = "The running system behind one address. Loopback only; see docs/reference/node-api.md." };
            document.Servers = [];
            foreach (var type in Streamed)
            {
                document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancel));
            }
        });
    }
}
