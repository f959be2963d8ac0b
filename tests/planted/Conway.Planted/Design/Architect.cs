namespace Conway.Planted.Design;

/// <summary>Draws the blueprint: modules, their types, who uses whom, and what is planted on purpose.</summary>
internal sealed class Architect
{
    private readonly PlantedSettings _settings;
    private readonly SplitMix _random;
    private readonly Blueprint _blueprint;
    private readonly HashSet<string> _names = [];

    private Architect(PlantedSettings settings, SplitMix random) => (_settings, _random, _blueprint) = (settings, random, new Blueprint(settings));

    public static Blueprint Draw(PlantedSettings settings, SplitMix random)
    {
        var architect = new Architect(settings, random);
        architect.AddCommonTypes();
        architect.AddModules();
        architect.AddClones();
        architect.AddCommonUses();
        CrossReferences.Add(architect._blueprint, random);
        architect.AddContested();
        Plants.Add(architect._blueprint, random);
        architect.AddContext();
        architect.AddLogger();
        return architect._blueprint;
    }

    private void AddCommonTypes()
    {
        foreach (var name in Themes.SharedNames.Take(_settings.SharedTypes))
            AddType(name, name, Role.Shared, null);
        foreach (var name in Themes.TechnicalNames.Take(_settings.TechnicalTypes))
            AddType(name, name, Role.Technical, null);
        AddType("StoredRecord", "", Role.Base, null);
        if (!_settings.Handlers)
            return;
        var root = AddType("ICommandHandler", "", Role.HandlerBase, null);
        _blueprint.Dispatcher = AddType("Dispatcher", "", Role.Dispatcher, null);
        _blueprint.Dispatcher.TryUse(root, Design.Use.Hold);
    }

    private void AddModules()
    {
        for (var i = 0; i < _settings.Modules; i++)
        {
            var theme = _settings.Names == NameStyle.Themed ? Themes.All[i].Name : $"Module{i + 1:00}";
            _blueprint.Modules.Add(new Module(i, theme.ToLowerInvariant(), $"Planted.{theme}"));
        }

        foreach (var module in _blueprint.Modules)
        {
            while (module.Neighbours.Count < Math.Min(3, _settings.Modules - 1))
            {
                var other = _random.Pick(_blueprint.Modules);
                if (other != module && !module.Neighbours.Contains(other))
                    module.Neighbours.Add(other);
            }

            AddFeatures(module);
        }
    }

    private void AddFeatures(Module module)
    {
        var swing = _settings.TypesPerModule * _settings.Unevenness / 100;
        var size = Math.Max(4, _settings.TypesPerModule - swing + _random.Below(2 * swing + 1) - _settings.Clones);
        using var nouns = Themes.NounsOf(module.Index, _settings.Names).GetEnumerator();
        for (var left = size; left > 0;)
        {
            do
                nouns.MoveNext();
            while (_names.Contains(nouns.Current));
            var feature = new Feature(nouns.Current);
            module.Features.Add(feature);
            left -= AddParts(module, feature, left);
            Connect(feature);
            ConnectToEarlier(module, feature);
        }
    }

    private int AddParts(Module module, Feature feature, int left)
    {
        var made = 1;
        feature.Entity = AddType(feature.Noun, feature.Noun, Role.Entity, module);
        if (_settings.Interfaces && made + 1 < left)
        {
            feature.Interface = AddType($"I{feature.Noun}Service", feature.Noun, Role.Interface, module);
            made++;
        }

        feature.Service = Add(2, Role.Service, "Service");
        if (feature.Service is { } service)
            service.Front = feature.Interface ?? service;
        feature.Repository = Add(3, Role.Repository, "Repository");
        feature.Controller = Add(4, Role.Controller, "Controller");
        if (_settings.Handlers && feature.Controller is not null && made + 1 < left)
            (feature.Command, feature.Handler) = (Add(4, Role.Command, "Command"), Add(4, Role.Handler, "Handler"));
        feature.Dto = Add(5, Role.Dto, "Dto");
        feature.Validator = Add(6, Role.Validator, "Validator");
        return made;

        PlannedType? Add(int layer, Role role, string suffix)
        {
            if (_settings.Layers < layer || made >= left)
                return null;
            made++;
            return AddType(feature.Noun + suffix, feature.Noun, role, module);
        }
    }

    private void Connect(Feature feature)
    {
        if (feature.Service is { } service)
        {
            if (feature.Interface is { } front)
                service.TryUse(front, Design.Use.Implement);
            service.TryUse(feature.Entity, Design.Use.Handle);
            if (feature.Repository is { } own)
                service.TryUse(own, Design.Use.Inject);
            feature.Controller?.TryUse(service.Front, Design.Use.Inject);
            feature.Handler?.TryUse(service.Front, Design.Use.Inject);
        }

        if (feature is { Command: { } command, Handler: { } handler })
        {
            handler.TryUse(_blueprint.Of(Role.HandlerBase).Single(), Design.Use.Implement);
            handler.TryUse(command, Design.Use.Take);
            feature.Controller!.TryUse(_blueprint.Dispatcher!, Design.Use.Inject);
            feature.Controller.TryUse(command, Design.Use.Send);
        }

        feature.Repository?.TryUse(feature.Entity, Design.Use.Handle);
        if (feature.Dto is { } dto)
        {
            dto.TryUse(feature.Entity, Design.Use.Map);
            feature.Controller?.TryUse(dto, Design.Use.Handle);
            feature.Validator?.TryUse(dto, Design.Use.Map);
        }
    }

    // To some that were there before: so a module holds together, and nothing within it needs itself to be made.
    private void ConnectToEarlier(Module module, Feature feature)
    {
        if (module.Features.Count < 2)
            return;
        var earlier = module.Features.SkipLast(1).ToList();
        for (var tie = 0; tie < _settings.Ties && earlier.Count > 0; tie++)
        {
            var other = _random.Pick(earlier);
            earlier.Remove(other);
            feature.Entity.TryUse(other.Entity, Design.Use.Navigate);
            if (feature.Service is not { } service)
                continue;
            if (other.Service is { } called)
                service.TryUse(called.Front, Design.Use.Inject);
            if (_random.Percent(40))
                service.TryUse(_random.Pick(module.Features.SkipLast(1).ToList()).Entity, Design.Use.Handle);
        }
    }

    private void AddClones()
    {
        foreach (var module in _blueprint.Modules)
        {
            var services = module.Features.Select(f => f.Service).OfType<PlannedType>().ToList();
            for (var i = 0; i < _settings.Clones && services.Count > 0; i++)
            {
                var owner = services[i % services.Count];
                var name = Themes.CloneNames[i];
                var clone = _settings.Namespaces == NamespaceLayout.ByModule
                    ? Register(new PlannedType(name, name, Role.Clone, module, module.Namespace))
                    : Register(new PlannedType(name, name, Role.Clone, module, owner.Namespace, owner));
                owner.TryUse(clone, Design.Use.Handle);
            }
        }
    }

    private void AddCommonUses()
    {
        var shared = _blueprint.Of(Role.Shared).ToList();
        var technical = _blueprint.Of(Role.Technical).ToList();
        var root = _blueprint.Of(Role.Base).Single();
        foreach (var type in _blueprint.Types)
        {
            if (type.Role == Role.Entity)
                type.TryUse(root, Design.Use.Derive);
            if (shared.Count > 0 && type.Role is Role.Entity or Role.Dto)
                type.TryUse(_random.Pick(shared), Design.Use.Hold);
            if (technical.Count == 0 || type.Role is not (Role.Service or Role.Controller or Role.Repository))
                continue;
            type.TryUse(_random.Pick(technical), Design.Use.Inject);
            if (type.Role == Role.Service)
                type.TryUse(_random.Pick(technical), Design.Use.Inject);
        }
    }

    private void AddContested()
    {
        for (var i = 0; i < _settings.Contested; i++)
        {
            var one = _random.Pick(_blueprint.Modules);
            var two = _random.Pick(one.Neighbours);
            var services = new[] { one, two }.Select(m => m.Features.Select(f => f.Service).OfType<PlannedType>().ToList()).ToList();
            var uses = Math.Min(2, services.Min(s => s.Count));
            if (uses == 0)
                continue;
            var name = $"{one.Features[0].Noun}{two.Features[0].Noun}Desk{(i == 0 ? "" : $"{i + 1}")}";
            var desk = AddType(name, name, Role.Contested, null, home: one);
            desk.Claimants.AddRange([one, two]);
            foreach (var side in services)
            {
                for (var n = 0; n < uses; n++)
                    desk.TryUse(side[n].Front, Design.Use.Inject);
                side[^1].TryUse(desk, Design.Use.Inject);
            }
        }
    }

    private void AddContext()
    {
        if (_settings.Database)
        {
            _blueprint.Context = AddType("PlantedContext", "", Role.Context, null);
            foreach (var entity in _blueprint.Of(Role.Entity).ToList())
                _blueprint.Context.TryUse(entity, Design.Use.Hold);
            var stores = _blueprint.Of(Role.Repository).Concat(_blueprint.Transactions.Select(t => t.Service)).Concat(_blueprint.Joins.Select(j => j.Service));
            foreach (var type in stores.ToList())
                type.TryUse(_blueprint.Context, Design.Use.Inject);
        }

        if (_settings.Interfaces || _settings.Handlers)
        {
            var registration = AddType("Registration", "", Role.Registration, null);
            foreach (var service in _blueprint.Of(Role.Service).ToList())
            {
                registration.TryUse(service, Design.Use.Hold);
                registration.TryUse(service.Front, Design.Use.Hold);
            }

            foreach (var type in _blueprint.Types.Where(t => t.Role is Role.HandlerBase or Role.Dispatcher or Role.Handler or Role.Command).ToList())
                registration.TryUse(type, Design.Use.Hold);
        }
    }

    // Last, and without chance: all that was drawn before stays as it is.
    private void AddLogger()
    {
        if (!_settings.Logger)
            return;
        var logger = AddType("Chronicle", "", Role.Logger, null);
        foreach (var type in _blueprint.Types.Where(t => t.Role is Role.Service or Role.Repository or Role.Controller or Role.Handler or Role.Contested or Role.Technical))
            type.TryUse(logger, Design.Use.Log);
    }

    private PlannedType AddType(string name, string noun, Role role, Module? module, Module? home = null) =>
        Register(new PlannedType(name, noun, role, module, NamespaceOf(role, module ?? home)));

    private PlannedType Register(PlannedType type)
    {
        type.Front = type;
        _names.Add(type.Name);
        _blueprint.Types.Add(type);
        return type;
    }

    private string NamespaceOf(Role role, Module? module) =>
        module is not null && _settings.Namespaces == NamespaceLayout.ByModule
            ? module.Namespace
            : role switch
            {
                Role.Entity => "Planted.Entities",
                Role.Service or Role.Interface or Role.Contested or Role.Clone => "Planted.Services",
                Role.Repository => "Planted.Repositories",
                Role.Controller => "Planted.Controllers",
                Role.Handler => "Planted.Handlers",
                Role.Dto or Role.Command => "Planted.Contracts",
                Role.Validator => "Planted.Validators",
                Role.Shared => "Planted.Shared",
                _ => "Planted.Infrastructure",
            };
}
