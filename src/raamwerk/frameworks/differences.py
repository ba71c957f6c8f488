def differences(a, b, c):
    raise NotImplementedError


def successor(new, s):
    return s


def fields_gone(*a):
    return ()
