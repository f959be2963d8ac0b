using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Turns a blueprint into files that compile.</summary>
internal static class SourceTree
{
    public static IReadOnlyList<PlantedFile> Write(Blueprint blueprint, Flow flow)
    {
        var nested = blueprint.Types.Where(t => t.Outer is not null).ToLookup(t => t.Outer!);
        return
        [
            .. blueprint.Types.Where(t => t.Outer is null)
                .Select(t => new PlantedFile(PathOf(t), Write(t, nested[t], blueprint, flow)))
                .Append(new PlantedFile("Planted.csproj", Project(blueprint.Settings)))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Of a nested type: where its outer type stands.</summary>
    public static string PathOf(PlannedType type) =>
        type.Outer is { } outer ? PathOf(outer) : $"{type.Namespace["Planted.".Length..].Replace('.', '/')}/{type.Name}.cs";

    private static string Write(PlannedType type, IEnumerable<PlannedType> nested, Blueprint blueprint, Flow flow)
    {
        var code = new CodeText();
        switch (type.Role)
        {
            case Role.Entity: DataCode.Entity(code, type, blueprint.Settings); break;
            case Role.Dto: DataCode.Dto(code, type); break;
            case Role.Clone: DataCode.Clone(code, type); break;
            case Role.Base: DataCode.Base(code, type); break;
            case Role.Shared: DataCode.Shared(code, type); break;
            case Role.Context: StoreCode.Context(code, type); break;
            case Role.Repository: StoreCode.Repository(code, type, blueprint, flow); break;
            case Role.Interface: CallCode.Interface(code, type, blueprint); break;
            case Role.Command: HandlerCode.Command(code, type); break;
            case Role.Handler: HandlerCode.Handler(code, type, flow); break;
            case Role.HandlerBase: HandlerCode.HandlerBase(code, type); break;
            case Role.Dispatcher: HandlerCode.Dispatcher(code, type); break;
            case Role.Logger: CallCode.Logger(code, type); break;
            case Role.Validator: CallCode.Validator(code, type); break;
            case Role.Registration: CallCode.Registration(code, type); break;
            default: CallCode.Class(code, type, blueprint, flow, nested); break;
        }

        return code.ToFile(type);
    }

    private static string Project(PlantedSettings settings) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Library</OutputType>
            <Nullable>enable</Nullable>
          </PropertyGroup>
        {(settings.Database ? "  <ItemGroup>\n    <PackageReference Include=\"Microsoft.EntityFrameworkCore.Relational\" Version=\"10.0.14\" />\n  </ItemGroup>\n" : "")}</Project>

        """;
}
